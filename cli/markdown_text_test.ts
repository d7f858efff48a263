import { equal, ok } from "node:assert/strict";
import { actsOnTerminal, HOSTILE } from "./fake_review.ts";
import { renderMarkdown } from "./markdown_text.ts";

const markdown =
  "# Title\n\n**Score 7** of `x`\n- one\n\n```python\n# no heading\n**kwargs\n```\nend";
const terminal = { color: false, columns: 40, isTerminal: true };
const pipe = { color: false, columns: 80, isTerminal: false };

Deno.test("renderMarkdown() is set for reading on a terminal", () => {
  equal(
    renderMarkdown(markdown, terminal),
    "Title\n\nScore 7 of `x`\n• one\n\n  # no heading\n  **kwargs\n\nend\n",
  );
  equal(renderMarkdown("word ".repeat(10), terminal).split("\n").length, 3);
});

Deno.test("renderMarkdown() keeps the lines in a pipe", () => {
  equal(
    renderMarkdown(markdown, pipe),
    "Title\n\nScore 7 of `x`\n- one\n\n# no heading\n**kwargs\nend\n",
  );
  equal(renderMarkdown("word ".repeat(30), pipe), `${"word ".repeat(30)}\n`);
});

Deno.test("renderMarkdown() sets headings, bold words and code apart in colour", () => {
  const text = renderMarkdown(markdown, { ...pipe, color: true });
  ok(text.startsWith("\x1b[1mTitle\x1b[22m\n\n\x1b[1mScore 7\x1b[22m of \x1b[36m`x`\x1b[39m\n"));
  ok(renderMarkdown(markdown, { ...terminal, color: true }).includes("\x1b[1mScore 7\x1b[22m"));
});

Deno.test("renderMarkdown() keeps longer fences and exact code in a pipe", () => {
  const code = "a = '''\n```\n'''\f\n";
  const fenced = `\`\`\`\`python\n${code}\`\`\`\``;
  equal(renderMarkdown(fenced, pipe), code);
  equal(renderMarkdown(fenced, terminal), "  a = '''\n  ```\n  '''\\x0c\n");
});

Deno.test("renderMarkdown() lets nothing hostile through to a terminal", () => {
  const text = `# ${HOSTILE}\n- ${HOSTILE}\n\`\`\`\n${HOSTILE}\n\`\`\``;
  ok(!actsOnTerminal(renderMarkdown(text, terminal)));
});
