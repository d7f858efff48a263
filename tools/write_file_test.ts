import assert from "node:assert/strict";
import type { Workspace } from "../workspace/workspace.ts";
import { fakeContext } from "./fake_context.ts";
import { tool } from "./write_file.ts";

/** A workspace of one file; what is written goes into it. */
function oneFile(text?: string) {
  const file = { text };
  const workspace = {
    root: "/work",
    planWrite: (_path: string, after: string) =>
      Promise.resolve({
        before: file.text ?? "",
        after,
        isNew: file.text === undefined,
        bytes: after.length,
        write: () => Promise.resolve(void (file.text = after)),
      }),
  } as Partial<Workspace> as Workspace;
  return { file, ctx: fakeContext({ workspace }) };
}

Deno.test("write_file writes, and shows what changed", async () => {
  const { file, ctx } = oneFile("a = 1\n");
  const input = tool.input.parse({ path: "/work/a.py", content: "a = 2\n" });
  const output = await tool.run(input, ctx);
  assert.equal(file.text, "a = 2\n");
  assert.deepEqual(output, {
    path: "a.py",
    changed: true,
    created: false,
    bytes: 6,
    diff: "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-a = 1\n+a = 2\n",
  });
  assert.match(tool.render!(output, input), /^Wrote `a.py` \(6 bytes\)\.\n\n```diff\n/);
});

Deno.test("write_file only shows what would change in a dry run", async () => {
  const { file, ctx } = oneFile();
  const input = tool.input.parse({ path: "a.py", content: "a = 2\n", dry_run: true });
  const output = await tool.run(input, ctx);
  assert.equal(file.text, undefined);
  assert.equal(output.created, true);
  assert.equal(tool.render!(output, input), "Would create `a.py` (6 bytes).");
});

Deno.test("write_file writes nothing where nothing changes; an empty new file is a change", async () => {
  const same = oneFile("a\n");
  const input = tool.input.parse({ path: "a.py", content: "a\n" });
  const output = await tool.run(input, same.ctx);
  assert.deepEqual([output.changed, output.diff], [false, ""]);
  assert.match(tool.render!(output, input), /nothing to write/);
  const empty = oneFile();
  await tool.run(tool.input.parse({ path: "a.py", content: "" }), empty.ctx);
  assert.equal(empty.file.text, "");
});

Deno.test("write_file bounds the diff", async () => {
  const { ctx } = oneFile("old\n".repeat(30_000));
  const content = "new\n".repeat(30_000);
  const { diff } = await tool.run(tool.input.parse({ path: "a", content }), ctx);
  assert.ok(diff.length < 66_000);
  assert.match(diff, /\n… \d+ more lines\n$/);
});

Deno.test("write_file does not write for somebody who has left", async () => {
  const { file, ctx } = oneFile("a");
  const left = { ...ctx, signal: AbortSignal.abort() };
  await assert.rejects(() => tool.run(tool.input.parse({ path: "a", content: "b" }), left));
  assert.equal(file.text, "a");
});
