import assert from "node:assert/strict";
import { ToolError } from "../config/tool_error.ts";
import { runEditor, splitWords } from "./run_editor.ts";

Deno.test("splitWords() splits as a shell, and expands nothing", () => {
  const table: [string, string[]][] = [
    ["vi", ["vi"]],
    ["  code   --wait ", ["code", "--wait"]],
    [`'/opt/my editor/ed' -x "a b"c`, ["/opt/my editor/ed", "-x", "a bc"]],
    [String.raw`a\ b "c\"d"`, ["a b", 'c"d']],
    ["ed $(touch x); ~/y `z` *", ["ed", "$(touch", "x);", "~/y", "`z`", "*"]],
    ["", []],
    [`a ""`, ["a", ""]],
  ];
  for (const [command, words] of table) assert.deepEqual(splitWords(command), words);
});

Deno.test({
  name: "runEditor() runs the editor on the file, without a shell",
  ignore: Deno.build.os === "windows",
  async fn() {
    const path = await Deno.makeTempFile({ suffix: "; touch x" });
    try {
      await runEditor("sed -i -e 's/^/> /' -e '$a; echo end'", path);
      await Deno.writeTextFile(path, "text\n");
      await runEditor("sed -i 's/text/other text/'", path);
      assert.equal(await Deno.readTextFile(path), "other text\n");
    } finally {
      await Deno.remove(path);
    }
  },
});

Deno.test("runEditor() says why there is none", async () => {
  const table: [string, RegExp][] = [
    ["", /\$EDITOR is empty/],
    ["no-such-editor-anywhere --wait", /no such program/],
    ["false", /"false" ended with exit code 1/],
  ];
  for (const [command, message] of table) {
    await assert.rejects(runEditor(command, "/nowhere"), (error) => {
      assert.ok(error instanceof ToolError);
      assert.match(error.message, message);
      return true;
    });
  }
});
