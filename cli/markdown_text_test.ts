import { equal, ok } from "node:assert/strict";
import { actsOnTerminal, HOSTILE } from "./fake_review.ts";
import { renderMarkdown } from "./markdown_text.ts";

const markdown =
  "# Title\n\n**Score 7** of `x`\n- one\n\n```python\n# no heading\n**kwargs\n```\nend";

Deno.test("renderMarkdown() is plain without colours", () => {
  equal(
    renderMarkdown(markdown, { color: false, isTerminal: true }),
    "Title\n\nScore 7 of `x`\n- one\n\n# no heading\n**kwargs\nend\n",
  );
});

Deno.test("renderMarkdown() sets headings, bold words and code apart in colour", () => {
  const text = renderMarkdown(markdown, { color: true, isTerminal: true });
  ok(text.startsWith("\x1b[1mTitle\x1b[22m\n\n\x1b[1mScore 7\x1b[22m of \x1b[36m`x`\x1b[39m\n"));
});

Deno.test("renderMarkdown() keeps longer fences and exact code in a pipe", () => {
  const code = "a = '''\n```\n'''\f\n";
  const fenced = `\`\`\`\`python\n${code}\`\`\`\``;
  equal(renderMarkdown(fenced, { color: false, isTerminal: false }), code);
  equal(renderMarkdown(fenced, { color: false, isTerminal: true }), code.replace("\f", "\\x0c"));
});

Deno.test("renderMarkdown() lets nothing hostile through to a terminal", () => {
  const text = `# ${HOSTILE}\n- ${HOSTILE}\n\`\`\`\n${HOSTILE}\n\`\`\``;
  ok(!actsOnTerminal(renderMarkdown(text, { color: false, isTerminal: true })));
});
