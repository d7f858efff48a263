import assert from "node:assert/strict";
import { PythonTokenizer } from "./python_tokens.ts";

/** Letters for kinds: comment, string (S over lines), colon, semicolon, other. */
function tokens(...lines: string[]): string {
  const text = lines.join("\n");
  let seen = "";
  const tokenizer = new PythonTokenizer(text, (kind, spansLines) => {
    seen += spansLines ? "S" : "#s:;o"[kind];
  });
  let start = 0;
  for (const line of lines) {
    tokenizer.feed(start, start + line.length);
    seen += tokenizer.failed ? "!" : tokenizer.complete ? "." : "…";
    start += line.length + 1;
  }
  return seen;
}

const CASES: [lines: string[], expected: string][] = [
  [["x = 1.5e3j + .5 + 0xFF_F"], "ooooooo."],
  [["1if x else 2"], "ooooo."],
  [["a **= b >> c ... -> d := e != f"], "oooooooooooo."],
  [["x: int; y"], "o:o;o."],
  [["'a' \"b\" rb'c' Fr'd' u'' ur'e'"], "sssssos."],
  [["'a\\'b' 'c\\\\'"], "ss."],
  [["'''a''' '''b", "c\\''' '", "'''"], "s……S."],
  [["'a\\", "b\\", "c'"], "……S."],
  [["f(a,  # b", "", "c)"], "oooo#……oo."],
  [["x = \\", "1"], "oo…o."],
  [["x \\", "", "y"], "o……o."],
  [["größe 𝐱1 ²"], "ooo."],
  [["# a"], "#."],
  [["x ?"], "o!"],
  [["'a"], "!"],
  [["\\ x"], "!"],
];

for (const [lines, expected] of CASES) {
  Deno.test(`PythonTokenizer sees ${expected} in ${JSON.stringify(lines.join("\n"))}`, () => {
    assert.equal(tokens(...lines), expected);
  });
}
