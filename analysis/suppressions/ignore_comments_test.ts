import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { applyEdits } from "../fixes/fixes.ts";
import { ignoreCommentsIn } from "./ignore_comments.ts";
import { COMMENT_SYNTAX } from "./comment_syntax.ts";
import type { LanguageId } from "../languages.ts";

const D = "devmcp: ignore[X1]";

/** The lines that the ignores of a text silence. */
function targetsIn(text: string, language: LanguageId): (number | "file")[] {
  return ignoreCommentsIn(text, language).map(({ target }) => target);
}

Deno.test("ignoreCommentsIn() finds them in every language's comments, not in its strings", () => {
  const table: [LanguageId, string, (number | "file")[]][] = [
    ["python", `x = 1  # ${D} why`, [1]],
    ["python", `# ${D}\n\n# other\nx = 1`, [4]],
    ["python", `x = "# ${D}"\ny = '''\n# ${D}\n'''\nz = 'it' # ${D}`, [5]],
    ["python", `x = "\\"# ${D}" # ${D}`, [1]],
    ["stub", `x: int  # ${D}`, [1]],
    ["javascript", `f(/"/); // ${D}\nconst s = "// ${D}", t = \`\n// ${D}\n\`;`, [1]],
    ["typescript", `/* ${D} */\nx()`, [2]],
    ["typescript", `/**\n * ${D}\n */\nx()`, [4]],
    ["tsx", `{/* ${D} */}\n<p>don't</p>`, [2]],
    ["json", `{"a": "// ${D}"}`, []],
    ["jsonc", `{"a": "// ${D}"} // ${D}`, [1]],
    ["css", `a { } /* ${D} */`, [1]],
    ["go", `x := \`\\\` // ${D}\ny := "// ${D}"`, [1]],
    ["rust", `let x: &'a str = "// ${D}"; // ${D}\nlet y = r#"// ${D}"#;`, [1]],
    ["java", `char c = '"'; // ${D}\nString s = """\n// ${D}\n""";`, [1]],
    ["c", `/* ${D} */ int x;`, [1]],
    ["cpp", `auto s = R"(\n// ${D}\n)"; // ${D}`, [3]],
    ["csharp", `var s = @"c:\\"; // ${D}`, [1]],
    ["ruby", `s = "#{x} # ${D}" # ${D}\n=begin\n${D}\n=end\ny`, [1, 5]],
    ["php", `$x = "// ${D}"; # ${D}`, [1]],
    ["shell", `echo $# "# ${D}" # ${D}`, [1]],
    ["kotlin", `val s = """\n// ${D}\n""" // ${D}`, [3]],
    ["markdown", `<!-- ${D} -->\n# T\n\n\`\`\`\n<!-- ${D} -->\n\`\`\`\n\`<!-- ${D} -->\``, [2]],
    ["sql", `select '-- ${D}' -- ${D}`, [1]],
    ["yaml", `a: "# ${D}" # ${D}\nb: c#${D}`, [1]],
    ["toml", `a = "# ${D}" # ${D}`, [1]],
  ];
  for (const [language, text, targets] of table) {
    deepEqual(targetsIn(text, language), targets, `${language}: ${text}`);
  }
  const untested = Object.keys(COMMENT_SYNTAX).filter((id) =>
    !table.some(([known]) => known === id)
  );
  deepEqual(untested, []);
});

Deno.test("ignoreCommentsIn() reads rules and reason", () => {
  const table: [string, string[], string?][] = [
    ["devmcp: ignore[A1] it is so", ["A1"], "it is so"],
    ["devmcp:ignore[A1, lint/b , A1]", ["A1", "lint/b"]],
    ["noqa: E501  # devmcp: ignore[A1] - why", ["A1"], "why"],
    ["devmcp: ignore-file[A1]: why", ["A1"], "why"],
    ["devmcp: ignore", []],
    ["devmcp: ignore[] why", [], "why"],
    ["devmcp: ignore [A1]", [], "[A1]"],
  ];
  for (const [comment, rules, reason] of table) {
    const [found] = ignoreCommentsIn(`x  # ${comment}`, "python");
    deepEqual([found?.rules, found?.reason], [rules, reason], comment);
  }
  for (
    const comment of ["see devmcp: ignore[A1]", "devmcp: ignored[A1]", "devmcp: ignore-all[A1]"]
  ) {
    deepEqual(ignoreCommentsIn(`x  # ${comment}`, "python"), [], comment);
  }
});

Deno.test("ignoreCommentsIn() says what to take away", () => {
  const table: [string, string][] = [
    [`x  # ${D} why\ny\n`, "x\ny\n"],
    [`x\n  # ${D}\n  y\n`, "x\n  y\n"],
    [`x\r\n# ${D}\r\ny`, "x\r\ny"],
    [`x\n# ${D}`, "x\n"],
  ];
  for (const [text, expected] of table) {
    const [found] = ignoreCommentsIn(text, "python");
    equal(applyEdits(text, [{ ...found!.removal!, content: "" }]), expected);
  }
  equal(ignoreCommentsIn(`x  # noqa # ${D}`, "python")[0]?.removal, undefined);
});

Deno.test("ignoreCommentsIn() reads whatever text, and soon", () => {
  const pieces = fc.constantFrom(
    "'",
    '"',
    "`",
    "/*",
    "*/",
    "//",
    "#",
    "\n",
    "\\",
    'r#"',
    D,
    "x",
    "```",
  );
  const texts = fc.array(pieces).map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, fc.constantFrom(...Object.keys(COMMENT_SYNTAX)), (text, language) => {
      for (const { start, end } of ignoreCommentsIn(text, language as LanguageId)) {
        ok(start.line < end.line || start.line === end.line && start.column < end.column);
      }
    }),
  );
  // Each would take minutes if an end were looked for again and again.
  for (const piece of ['r#"', "`", '"\\', "/**/", "/*", "'\"", "x # "]) {
    for (const language of ["rust", "go", "javascript", "python", "c"] as const) {
      ignoreCommentsIn(piece.repeat(300_000) + `\n// ${D}`, language);
    }
  }
});
