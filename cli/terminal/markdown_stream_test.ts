import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { isVisible } from "../sanitize.ts";
import { loadHighlight } from "./highlight.ts";
import { hostileMarkdown, markdown, withoutColors } from "./markdown_fixture.ts";
import { createMarkdownStream, type MarkdownOptions } from "./markdown_stream.ts";
import { styleAfter, styledWidth } from "./styled_text.ts";

const highlight = await loadHighlight();

function render(text: string, options: Partial<MarkdownOptions> = {}): string[] {
  const stream = createMarkdownStream({ columns: 40, color: false, ...options });
  return [...stream.push(text).lines, ...stream.end().lines];
}

Deno.test("createMarkdownStream() shows blocks as they are read", () => {
  const cases: [string, string, string[]][] = [
    ["headings", "# One\ntext\n### Three ###\n#no", ["One", "text", "", "Three", "#no"]],
    ["marks", "**b** *i* ~~s~~ `c` ***bi*** __b b__", ["b i s `c` bi b b"]],
    ["names", "__init__.py a_b_c __b", ["__init__.py a_b_c __b"]],
    ["unfinished marks", "**b and `c", ["**b and `c"]],
    ["marks over lines", "**b\nb** x", ["b", "b x"]],
    ["no marks", "a * b snake_case 2 ** 3", ["a * b snake_case 2 ** 3"]],
    ["escapes", "\\*a\\* &lt;b&gt; C:\\dir", ["*a* <b> C:\\dir"]],
    ["links", "[t](http://x/y) <http://z>", ["t (http://x/y) http://z"]],
    ["images", "![alt](i.png)", ["alt (i.png)"]],
    ["hanging indent", `- ${"word ".repeat(10)}`, [
      "• word word word word word word word",
      "  word word word",
    ]],
    ["nested lists", "- a\n  - b\n    - c\n- d", ["• a", "  • b", "    • c", "• d"]],
    ["loosely nested", "1. a\n  - b\n2. c", ["1. a", "   • b", "2. c"]],
    ["tasks", "- [ ] a\n* [x] b", ["• [ ] a", "• [x] b"]],
    ["ordered", "9. a\n10. b\n\n    c", ["9. a", "10. b", "", "    c"]],
    ["no list", "in\n1986. a year", ["in", "1986. a year"]],
    ["quotes", "> a\n> > b\n\nc", ["│ a", "│ │ b", "", "c"]],
    ["a quote with blank lines", "> a\n>\n> b", ["│ a", "│", "│ b"]],
    ["lazy lines", "> a\nb\n\n- c\nd", ["│ a", "│ b", "", "• c", "  d"]],
    ["rules", "a\n\n---\n\n* * *", ["a", "", "─".repeat(40), "", "─".repeat(40)]],
    ["blank lines", "\n\na\n\n\n\nb\n\n", ["a", "", "b"]],
    ["fences", "a\n```py\nx = 1\n\n  y\n```\nb", ["a", "", "  x = 1", "", "    y", "", "b"]],
    ["longer fences", "````\n```\nx\n```\n````", ["  ```", "  x", "  ```"]],
    ["tilde fences", "~~~ js\n```\n~~~", ["  ```"]],
    ["a fence of text", `\`\`\`text\n${"words ".repeat(8).trim()}\n\`\`\``, [
      "  words words words words words words",
      "↳ words words",
    ]],
    ["an open fence", "```\nx", ["  x"]],
    ["a fence in a list", "1. a\n   ```sh\n   ls\n     -l\n   ```\n2. b", [
      "1. a",
      "",
      "     ls",
      "       -l",
      "",
      "2. b",
    ]],
    ["code that is not indented as its list", "- a\n  ```\nx\n  ```\n- b", [
      "• a",
      "",
      "    x",
      "",
      "• b",
    ]],
    ["wide words", "漢字".repeat(15), ["漢字".repeat(10), "漢字".repeat(5)]],
    ["tables", "x\n| A | Bb |\n|---|--:|\n| long | 1 |\n| a\\|b | 22 |\n\ny", [
      "x",
      "",
      "A     Bb",
      "────  ──",
      "long   1",
      "a|b   22",
      "",
      "y",
    ]],
    ["no table", "| a | b |\n| c | d |", ["| a | b |", "| c | d |"]],
    ["a table with a missing cell", "a|b\n-|-\n1", ["a  b", "─  ─", "", "1"]],
    ["emoji", "⚠\ufe0f done", ["⚠ done"]],
    ["line ends", "a\r\nb\r\n\r\nc", ["a", "b", "", "c"]],
    ["tabs", "-\ta\n\tb", ["• a", "  b"]],
  ];
  for (const [name, text, rows] of cases) deepEqual(render(text), rows, name);
});

Deno.test("createMarkdownStream() wraps the cells of a wide table, or stacks them", () => {
  const table = "| Name | What |\n|-|-|\n| one | a long remark that is wrapped in its cell |";
  deepEqual(render(table, { columns: 30 }), [
    "Name  What",
    "────  ────────────────────────",
    "one   a long remark that is",
    "      wrapped in its cell",
  ]);
  deepEqual(render("| Long name | Another | Third |\n|-|-|-|\n| a | b | c |", { columns: 20 }), [
    "Long name: a",
    "Another: b",
    "Third: c",
  ]);
});

Deno.test("createMarkdownStream() uses colours where they are wanted", () => {
  const text = "**b** `c` [l](u)\n```py\nx = 1\n```";
  deepEqual(render(text, { color: true, highlight }), [
    "\x1b[1mb\x1b[22m \x1b[36mc\x1b[39m \x1b[34ml\x1b[39m\x1b[2m (u)\x1b[22m",
    "",
    "  x = \x1b[36m1\x1b[39m",
  ]);
});

Deno.test("createMarkdownStream() keeps what may still change in the tail", () => {
  const stream = createMarkdownStream({ columns: 40, color: false });
  const first = stream.push("# Title\nsome **bo");
  deepEqual([first.lines, [...first.tail]], [["Title"], ["some **bo"]]);
  deepEqual(stream.push("ld**").tail, ["some bold"]);
  const next = stream.push("\n```\ncode");
  deepEqual([next.lines, next.tail], [["some bold"], ["", "  code"]]);
  deepEqual(stream.push(" \ud83d").tail, ["", "  code "]);
  deepEqual(stream.push("\ude42").tail, ["", "  code 🙂"]);
  deepEqual(stream.end().lines, ["", "  code 🙂"]);
});

Deno.test("createMarkdownStream() shows long paragraphs before they end", () => {
  const stream = createMarkdownStream({ columns: 40, color: false });
  const { lines, tail } = stream.push("word ".repeat(1000));
  ok(lines.length > 80 && tail.length < 30);
});

Deno.test("createMarkdownStream() goes on with another width", () => {
  const stream = createMarkdownStream({ columns: 40, color: false });
  stream.push("a long text that needs a row");
  stream.resize(10);
  deepEqual(stream.push("").tail, ["a long", "text that", "needs a", "row"]);
});

/** The rows that come when the text is cut at the given places. */
function renderPieces(text: string, cuts: number[], options: MarkdownOptions): string[] {
  const stream = createMarkdownStream(options);
  const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  const rows = at.slice(1).flatMap((to, i) => {
    const { lines, tail } = stream.push(text.slice(at[i], to));
    ok(tail.length >= 0);
    return lines;
  });
  return [...rows, ...stream.end().lines];
}

const columns = fc.integer({ min: 1, max: 90 });

Deno.test("createMarkdownStream() gives the same rows however the text is cut", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        markdown,
        hostileMarkdown,
        fc.tuple(markdown, fc.integer({ min: 1, max: 60 })).map(
          ([text, times]) => text.replaceAll("\n", "").repeat(times) + text,
        ),
      ),
      fc.array(fc.nat(), { maxLength: 12 }),
      columns,
      (text, cuts, columns) => {
        const options = { columns, color: true, highlight };
        deepEqual(renderPieces(text, cuts, options), render(text, options));
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("createMarkdownStream() lets nothing act on the terminal, whatever comes", () => {
  fc.assert(fc.property(hostileMarkdown, columns, fc.boolean(), (text, columns, color) => {
    const stream = createMarkdownStream({
      columns,
      color,
      highlight: color ? highlight : undefined,
    });
    const rows = [...text].flatMap((piece) => {
      const { lines, tail } = stream.push(piece);
      return [...lines, ...tail];
    });
    for (const row of [...rows, ...stream.end().lines]) {
      const plain = color ? withoutColors(row) : row;
      ok([...plain].every(isVisible), JSON.stringify(row));
      equal(styleAfter(row), "");
      ok(columns < 8 || styledWidth(row) <= columns, `${columns}: ${JSON.stringify(row)}`);
    }
  }));
});

Deno.test("createMarkdownStream() is linear and bounded, whatever comes", () => {
  const texts = [
    "x".repeat(1_000_000),
    "word ".repeat(200_000),
    "*a ".repeat(100_000),
    "**".repeat(100_000),
    "[".repeat(200_000),
    "](((".repeat(50_000),
    "` `` ``` ".repeat(30_000),
    "> ".repeat(100_000),
    "- ".repeat(100_000),
    `| a | b |\n|---|---|\n${"| some | row |\n".repeat(10_000)}`,
    "| a | b |\n".repeat(20_000),
    `\`\`\`python\n"""\n${"x = 'never closed'\n".repeat(5_000)}`,
    `\`\`\`js\n${"a(".repeat(100_000)}`,
    "**open\n".repeat(4_000),
  ];
  for (const text of texts) {
    const stream = createMarkdownStream({ columns: 80, color: true, highlight });
    const start = performance.now();
    let tail = 0;
    for (let at = 0; at < text.length; at += 1000) {
      tail = Math.max(tail, stream.push(text.slice(at, at + 1000)).tail.length);
    }
    stream.end();
    ok(tail <= 400, `${text.slice(0, 20)}: ${tail} rows`);
    const ms = performance.now() - start;
    ok(ms < 20_000, `${text.slice(0, 20)}: ${ms} ms`);
  }
});
