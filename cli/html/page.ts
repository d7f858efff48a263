import { createHash } from "node:crypto";
import { Markup, markup } from "./markup.ts";
import shellStyle from "./page.css" with { type: "text" };
import tableStyle from "./table.css" with { type: "text" };
import shellScript from "./page.js" with { type: "text" };
import tableScript from "./table.js" with { type: "text" };

/** A report to look at. */
export interface Page {
  title: string;
  /** One line below the title: what was looked at. */
  facts?: Markup;
  /** Sections: `<section id="…"><h2>…</h2>…</section>`. */
  body: Markup;
  /** CSS of the report, after that of the shell and of tables. */
  style?: string;
  /** The report's own JavaScript, an ES module that imports nothing; its exports are for tests. */
  script?: string;
  /** Of devmcp. */
  version: string;
}

/**
 * A page that stands for itself: nothing is loaded, and nothing runs or styles but what is the
 * shell's and the report's. The same page is the same text.
 */
export function renderPage({ title, facts, body, style, script, version }: Page): string {
  const styles = [shellStyle, tableStyle, style ?? ""].join("\n");
  const scripts = [shellScript, tableScript, script ?? ""].map(asBlock).join("\n");
  return `${markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(styles, scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="devmcp ${version}">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${Markup.trusted(styles)}</style>
</head>
<body>
${header(title, facts)}
<main>
${body}
</main>
<footer>Made by devmcp ${version}. This page loads nothing from elsewhere.</footer>
<script type="module">${Markup.trusted(scripts)}</script>
</body>
</html>
`}`;
}

function header(title: string, facts: Markup | undefined): Markup {
  return markup`<header class="top">
<div>
<h1>${title}</h1>
${facts && markup`<p class="facts">${facts}</p>`}
</div>
<div class="theme" role="group" aria-label="Theme" hidden>
<button type="button" data-theme="" aria-pressed="true">Auto</button>
<button type="button" data-theme="light" aria-pressed="false">Light</button>
<button type="button" data-theme="dark" aria-pressed="false">Dark</button>
</div>
</header>`;
}

function policyFor(styles: string, scripts: string): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(styles)}`,
    `script-src ${hashOf(scripts)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Scripts share no names, and end no element. @throws {TypeError} for one that would */
function asBlock(script: string): string {
  if (/<\/script|<!--/i.test(script)) throw new TypeError("Cannot embed a script: it ends itself");
  return `{\n${script.replace(/^export (?=async function|function|const)/gm, "")}}`;
}
