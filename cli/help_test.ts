import assert from "node:assert/strict";
import { renderHelp, renderRow } from "./help.ts";
import { fakeApp } from "./fake_app.ts";

Deno.test("renderRow() puts a description beside its term, or below it where it has no room", () => {
  const row = (columns: number) => renderRow(["--stdio", "MCP over standard input"], 10, columns);
  assert.equal(row(80), "  --stdio     MCP over standard input\n");
  assert.equal(row(36), "  --stdio     MCP over standard\n              input\n");
  assert.equal(row(30), "  --stdio\n      MCP over standard input\n");
  assert.equal(row(24), "  --stdio\n      MCP over standard\n      input\n");
});

Deno.test("renderHelp() wraps for narrow terminals", () => {
  const commands = [{ name: "review", summary: "find problems in the files of many languages" }];
  const { stdout } = fakeApp({});
  for (const columns of [24, 30, 40, 100]) {
    const entries = commands as unknown as Parameters<typeof renderHelp>[1];
    const lines = renderHelp("1.0.0", entries, { ...stdout, columns }).split("\n");
    const wide = lines.filter((line) => line.length > columns && !line.startsWith("Usage:"));
    assert.deepEqual(wide, []);
  }
});
