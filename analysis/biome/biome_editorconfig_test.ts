import assert from "node:assert/strict";
import { fromEditorConfig } from "./biome_editorconfig.ts";

Deno.test("fromEditorConfig() makes overrides of sections", () => {
  const text = "root = true\n[*]\nindent_style = space ; why\nindent_size = 3\n\n" +
    "[*.{js,ts}]\nIndent_Size = tab\n[/lib/**.[mc]js]\nend_of_line = CRLF\n# end\n";
  assert.deepEqual(fromEditorConfig(text), {
    formatter: { indentStyle: "space", indentWidth: 3 },
    overrides: [
      { includes: ["**/*.js", "**/*.ts"], formatter: { indentWidth: 4 } },
      { includes: ["lib/**.mjs", "lib/**.cjs"], formatter: { lineEnding: "crlf" } },
    ],
  });
  assert.deepEqual(fromEditorConfig(""), { formatter: {}, overrides: [] });
});

Deno.test("fromEditorConfig() bounds what a pattern stands for", () => {
  const hostile = `[${"{a,b}".repeat(60)}]\nindent_size = 2\n`;
  const { overrides } = fromEditorConfig(hostile) as { overrides: { includes: string[] }[] };
  assert.ok(overrides[0]!.includes.length <= 64);
});
