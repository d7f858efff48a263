import { dateText } from "../../sessions/date_text.ts";
import type { Call, Session, Turn } from "../../sessions/session.ts";
import { splitCode } from "../../sessions/split_code.ts";
import { Markup, markup } from "./markup.ts";

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8881; }
body { margin: 0 auto; padding: 1rem; max-width: 50rem; font: 1rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; line-height: 1.25; }
h2 { font-size: 0.9rem; font-weight: normal; opacity: 0.7; margin: 2rem 0 0.5rem; }
.text { white-space: pre-wrap; margin: 0.5rem 0; }
.input { border-left: 0.25rem solid #58a; padding: 0.25rem 0.75rem; background: var(--soft); }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid var(--line); border-radius: 0.4rem;
  background: var(--soft); font: 0.85rem/1.45 ui-monospace, monospace; overflow-wrap: normal; }
details, .note { margin: 0.5rem 0; font-size: 0.9rem; opacity: 0.85; }
summary { cursor: pointer; }
`;

/** A session as a page of its own, without scripts; what is in it can neither run nor load anything. */
export function sessionHtml(session: Session): string {
  const title = session.title || "Chat";
  const facts = [session.id, session.folder, `${dateText(session.updated)} UTC`, session.model];
  return `${markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${Markup.trusted(STYLE)}</style>
</head>
<body>
<h1>${title}</h1>
<p class="note">${facts.filter(Boolean).join(" · ")}</p>
${session.turns.map((turn) => markup`${turnHtml(turn)}\n`)}</body>
</html>
`}`;
}

function turnHtml(turn: Turn): Markup {
  const notes = [...turn.notices, ...turn.status === "done" ? [] : [turn.status]];
  const parts = [
    markup`<h2 id="turn-${turn.id}">${turn.id} · ${dateText(turn.at)}</h2>`,
    markup`<div class="text input">${turn.input}</div>`,
    ...turn.questions.map(({ question, answer }) =>
      markup`<p class="note">${question} <b>${answer}</b></p>`
    ),
    ...turn.calls.map(callHtml),
    ...splitCode(turn.answer).map(({ kind, text }) =>
      kind === "code"
        ? markup`<pre><code>${text}</code></pre>`
        : markup`<div class="text">${text.trim()}</div>`
    ),
    ...notes.map((note) => markup`<p class="note">${note}</p>`),
  ];
  return markup`${parts.map((part, index) => [index > 0 && "\n", part])}`;
}

function callHtml({ tool, status, ms, text }: Call): Markup {
  const head = `${tool}: ${status}, ${Math.round(ms)} ms`;
  return markup`<details><summary>${head}</summary><pre>${text}</pre></details>`;
}
