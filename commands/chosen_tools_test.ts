import assert from "node:assert/strict";
import { DEFAULTS } from "../config/schema.ts";
import type { ToolError } from "../config/tool_error.ts";
import { tools } from "../tools/mod.ts";
import { chosenTools } from "./chosen_tools.ts";

type Flags = Parameters<typeof chosenTools>[1];

const changing = tools.filter(({ effects }) => effects === "writes" || effects === "runs");
const readOnly = { ...DEFAULTS, server: { ...DEFAULTS.server, read_only: true } };
const formats = { ...DEFAULTS, tools: { enabled: ["format_code"] } };

const choices: [string, Flags, typeof DEFAULTS | undefined, number][] = [
  ["nothing", {}, undefined, tools.length - changing.length],
  ["--allow-writes", { allowWrites: true }, undefined, tools.length],
  ["names", { tools: ["format_code"] }, undefined, 1],
  ["names that write", { tools: ["write_file"], allowWrites: true }, undefined, 1],
  ["the configuration's names", {}, formats, 1],
  ["names before the configuration's", { tools: ["review_code", "format_code"] }, formats, 2],
  [
    "a configuration that reads only",
    { allowWrites: true },
    readOnly,
    tools.length - changing.length,
  ],
];

for (const [what, flags, config, count] of choices) {
  Deno.test(`chosenTools() goes by ${what}`, () => {
    assert.ok(changing.length > 0);
    assert.equal(chosenTools(tools, flags, config).length, count);
  });
}

Deno.test("chosenTools() refuses names of tools that write, where nothing may", () => {
  const tables: [Flags, typeof DEFAULTS | undefined, string][] = [
    [{}, undefined, "add --allow-writes"],
    [{ readOnly: true }, undefined, "--read-only"],
    [{ allowWrites: true }, readOnly, "server.read_only"],
  ];
  for (const [flags, config, hint] of tables) {
    const names = ["format_code", "write_file"];
    assert.throws(
      () => chosenTools(tools, { ...flags, tools: names }, config),
      (error: ToolError) =>
        error.message === 'Cannot offer "write_file": it writes files' &&
        error.hint!.includes(hint),
    );
  }
});

Deno.test("chosenTools() names the nearest tool to one there is not", () => {
  assert.throws(() => chosenTools(tools, { tools: ["format_cod"] }), {
    message: 'Cannot offer "format_cod": no such tool; did you mean "format_code"?',
  });
});
