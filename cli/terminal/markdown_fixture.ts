import fc from "fast-check";

/** What models write, and what nobody should. */
export const PIECES = [
  "# Title\n",
  "## ",
  "text ",
  "words that are wrapped, ",
  "**bold** ",
  "**",
  "*",
  "_it_ ",
  "`code` ",
  "`",
  "~~",
  "[link](https://example.com/a_b) ",
  "[",
  "](",
  "- item\n",
  "  - inner\n",
  "1. one\n",
  "- [ ] task\n",
  "> quote\n",
  "> ",
  "---\n",
  "===\n",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "| a | b |\n",
  "|---|--:|\n",
  "| 1 | `x` **y** |\n",
  "```python\n",
  "```\n",
  "````\n",
  "~~~\n",
  "   ```\n",
  "def f(x): return 'y'\n",
  '"""doc\n',
  "中文字符",
  "🙂",
  "e\u0301",
  "⚠\ufe0f",
  "\t",
  "    ",
  "<br>",
  "&lt;",
  "\\*",
  "averyveryveryverylongwordthathasnospaces",
];

export const HOSTILE_PIECES = [
  "\x1b[2J",
  "\x1b]8;;http://x\x07",
  "\x9b31m",
  "\x00",
  "\u202e",
  "\u2066",
  "\u200b",
  "\u2028",
  "\ud83d",
  "\ude42",
  "\x7f",
  "\u{e0041}",
];

export const markdown = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((pieces) => pieces.join(""));

export const hostileMarkdown = fc.array(
  fc.oneof(fc.constantFrom(...PIECES, ...HOSTILE_PIECES), fc.string({ unit: "binary" })),
  { maxLength: 30 },
).map((pieces) => pieces.join(""));

// deno-lint-ignore no-control-regex
const SGR = /\x1b\[\d+m/g;

/** The text that is left without colours. */
export function withoutColors(text: string): string {
  return text.replace(SGR, "");
}
