import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { C_LIBRARIES, openUnreadCheck } from "./output_is_unread.ts";

Deno.test({
  name: "openUnreadCheck() tells that nobody reads, with no right but to the C library",
  ignore: openUnreadCheck() === undefined,
  async fn() {
    const fixture = fileURLToPath(import.meta.resolve("./output_is_unread_fixture.ts"));
    const rights = `--allow-ffi=${C_LIBRARIES.join(",")}`;
    const pipes = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
    const args = ["run", "--quiet", "--no-check", "--no-prompt", rights, fixture];
    const child = new Deno.Command(Deno.execPath(), { args, ...pipes }).spawn();
    const input = child.stdin.getWriter();
    const lines = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
    assert.equal((await lines.read()).value, "false\n");
    await child.stdout.cancel();
    await input.write(new Uint8Array(1));
    assert.equal((await lines.read()).value, "true\n");
    await input.close();
    assert.equal((await lines.read()).done, true);
    await child.status;
  },
});
