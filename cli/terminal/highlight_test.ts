import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { isVisible, sanitizeLine } from "../sanitize.ts";
import { loadHighlight } from "./highlight.ts";
import { withoutColors } from "./markdown_fixture.ts";

const highlight = await loadHighlight();

/** The lines of a text in colours, one after the other. */
function paint(language: string, ...lines: string[]): string[] {
  let memory = "";
  return lines.map((line) => {
    const highlighted = highlight(language)!(line, memory);
    memory = highlighted.memory;
    return highlighted.text;
  });
}

const LANGUAGES =
  "python javascript typescript json yaml bash go rust java c cpp csharp ruby php kotlin sql html xml css diff dockerfile toml ini markdown py js ts sh c++ c# rb kt yml"
    .split(" ");

Deno.test("loadHighlight() colours keywords, names, strings, numbers and comments", () => {
  deepEqual(paint("py", "def f(x):", "    return 'a' + 1  # why"), [
    "\x1b[35mdef\x1b[39m \x1b[34mf\x1b[39m(x):",
    "    \x1b[35mreturn\x1b[39m \x1b[32m'a'\x1b[39m + \x1b[36m1\x1b[39m  \x1b[2m# why\x1b[22m",
  ]);
});

Deno.test("loadHighlight() colours Java without what nests in itself", () => {
  deepEqual(paint("java", "public Map<K, V> f() { return null; } // why", "class A {"), [
    "\x1b[35mpublic\x1b[39m Map<K, V> f() { \x1b[35mreturn\x1b[39m \x1b[36mnull\x1b[39m; } " +
    "\x1b[2m// why\x1b[22m",
    "\x1b[35mclass\x1b[39m \x1b[34mA\x1b[39m {",
  ]);
});

Deno.test("loadHighlight() knows what the lines before have left open", () => {
  const [first, second, , last] = paint("python", 'x = """one', "if two", 'three"""', "if x: 1");
  equal(first, 'x = \x1b[32m"""one\x1b[39m');
  equal(second, "\x1b[32mif two\x1b[39m");
  ok(last!.startsWith("\x1b[35mif\x1b[39m"));
  deepEqual(paint("js", "/* a", " if b", "*/ if (x) {}").map((line) => line.slice(0, 12)), [
    "\x1b[2m/* a\x1b[22m".slice(0, 12),
    "\x1b[2m if b\x1b[22m".slice(0, 12),
    "\x1b[2m*/\x1b[22m ".slice(0, 12),
  ]);
  const long = paint("c", "/*", ...Array(500).fill("int x;"), "*/ int y;");
  equal(long[400], "\x1b[2mint x;\x1b[22m");
  equal(long.at(-1), "\x1b[2m*/\x1b[22m \x1b[36mint\x1b[39m y;");
});

Deno.test("loadHighlight() knows the languages people use, and leaves others alone", () => {
  for (const name of LANGUAGES) ok(highlight(name), name);
  equal(highlight("brainfuck"), undefined);
  equal(highlight(""), undefined);
  equal(highlight("constructor"), undefined);
});

Deno.test("loadHighlight() never changes the text, and remembers little", () => {
  const code = fc.array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom('"', "'''", "/*", "`${", "<a b='", "{", "(", "&lt;", "<span>", "EOF", "\\"),
    ),
    { maxLength: 12 },
  ).map((parts) => sanitizeLine(parts.join("")));
  fc.assert(
    fc.property(fc.constantFrom(...LANGUAGES), fc.array(code, { maxLength: 8 }), (name, lines) => {
      let memory = "";
      for (const line of lines) {
        const highlighted = highlight(name)!(line, memory);
        equal(withoutColors(highlighted.text), line);
        ok([...withoutColors(highlighted.text)].every(isVisible));
        memory = highlighted.memory;
        ok(memory.length < 3000);
      }
    }),
  );
});
