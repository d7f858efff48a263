/** A program whose file is replaced while it runs, as an update does. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { BINARY } from "./devmcp.ts";
import { Host, INITIALIZE } from "./mcp_host.ts";

Deno.test("serve says that its file was replaced, and goes on", async () => {
  const folder = await Deno.makeTempDir();
  const program = join(folder, "devmcp");
  await Deno.copyFile(BINARY, program);
  const host = new Host([], {}, program);
  try {
    await host.send(INITIALIZE);
    await host.response("init");
    await Deno.writeTextFile(join(folder, "new"), "another version");
    await Deno.rename(join(folder, "new"), program);
    const params = { name: "format_code", arguments: { code: "x=1", language: "javascript" } };
    await host.send({ jsonrpc: "2.0", id: 2, method: "tools/call", params });
    const { result } = await host.response(2);
    assert.match(result.content[0].text, /its file was replaced while it ran .*start it again/s);
    assert.equal(result.isError, true);
    await host.send({ jsonrpc: "2.0", id: 3, method: "ping" });
    assert.deepEqual((await host.response(3)).result, {});
  } finally {
    await host.close();
    await Deno.remove(folder, { recursive: true });
  }
});
