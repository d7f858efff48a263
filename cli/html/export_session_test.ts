import assert from "node:assert/strict";
import fc from "fast-check";
import { exportSession } from "./export_session.ts";
import { newSession } from "../../sessions/new_session.ts";
import type { Session, Turn } from "../../sessions/session.ts";
import { makeTurn } from "../../sessions/session_fixture.ts";
import { splitCode } from "../../sessions/split_code.ts";

function session(turns: Turn[]): Session {
  return { ...newSession("/work", "m"), title: "Write fib", turns };
}

const TURN = makeTurn(1, {
  input: "write fib\n# in python",
  questions: [{ question: "Which kind?", answer: "iterative" }],
  calls: [{
    step: "step1",
    tool: "generate_code",
    arguments: {},
    status: "done",
    text: "```\ncode\n```",
    ms: 12.4,
  }],
  answer: "Here:\n\n```python\ndef fib(n): ...",
  status: "stopped",
  notices: ["cut"],
});

Deno.test("exportSession() as Markdown quotes the person, and closes what is open", () => {
  const text = exportSession(session([TURN, makeTurn(2)]), "markdown");
  const [, body] = text.split("\n\n## 1. ");
  assert.match(text, /^# Write fib\n\n- Session: \d{8}-\S+\n- Folder: \/work\n/);
  assert.equal(
    body,
    `2026-11-20 12:00

> write fib
> # in python

- Which kind? iterative

- generate_code: done, 12 ms

\`\`\`\`
\`\`\`
code
\`\`\`
\`\`\`\`

Here:

\`\`\`python
def fib(n): ...
\`\`\`

Note: cut

(stopped)

## 2. 2026-11-20 12:00

> message 2

answer 2
`,
  );
});

Deno.test("exportSession() as JSON is the session", () => {
  const given = session([TURN]);
  assert.deepEqual(JSON.parse(exportSession(given, "json")), given);
});

Deno.test("exportSession() as HTML lets nothing out of its place", () => {
  const evil = `"><script>alert(1)</script><img src=x onerror='y'>\x1b[2J\u202e&amp;`;
  const text = exportSession(
    {
      ...session([{
        ...TURN,
        input: evil,
        answer: `${evil}\n\`\`\`${evil}\n${evil}\n`,
        notices: [evil],
      }]),
      title: evil,
      folder: evil,
    },
    "html",
  );
  assert.doesNotMatch(text, /<script|<img|'y'/);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(text, /[\x1b\u202e]/);
  assert.match(text, /&amp;amp;/);
  assert.match(text, /default-src 'none'/);
});

Deno.test("exportSession() as HTML has no other tags than its own, whatever is said", () => {
  const piece = fc.constantFrom("<", ">", '"', "'", "&", "`", "```", "\n", "a", "=", "</pre>");
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
  fc.assert(fc.property(text, text, (input, answer) => {
    const html = exportSession(session([makeTurn(1, { input, answer })]), "html");
    const [, body] = html.split("<body>");
    const tags = new Set(body!.match(/<[^>]*>/g));
    for (const tag of tags) {
      assert.match(tag, /^<\/?(h1|h2|p|div|pre|code|body|html)( (id|class)="[\w -]+")?>$/);
    }
  }));
});

Deno.test("splitCode() gives each line of the text once", () => {
  const line = fc.constantFrom("```", "````", "~~~", "```py", "a", "", "    ```", "``` x`", "b");
  fc.assert(fc.property(fc.array(line), (lines) => {
    const stretches = splitCode(lines.join("\n"));
    const shown = stretches.flatMap(({ text }) => text.split("\n")).filter((one) =>
      /^[ab]$/.test(one)
    );
    assert.deepEqual(shown, lines.filter((one) => /^[ab]$/.test(one)));
  }));
  assert.deepEqual(splitCode("x\n~~~~ C++ y\n```\n~~~~\nz"), [
    { kind: "prose", label: "", text: "x" },
    { kind: "code", label: "C++", text: "```" },
    { kind: "prose", label: "", text: "z" },
  ]);
});
