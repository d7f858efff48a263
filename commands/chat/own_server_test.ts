import assert from "node:assert/strict";
import { inFolder } from "../../tests/devmcp.ts";
import { fixture, withServers } from "../../mcp_client/host_fixture.ts";
import { tools } from "../../tools/mod.ts";
import { createOwnServer } from "./own_server.ts";

Deno.test("our own tools are called in workers, beside those of other servers", () =>
  inFolder({ "a.py": "x=1\n" }, async (folder) => {
    const app = {
      version: "1",
      tools,
      workerUrl: new URL("../worker.ts", import.meta.url),
      config: () => Promise.reject(new Error("no configuration")),
      cwd: folder,
      env: () => undefined,
    };
    const own = createOwnServer(app, folder, () => {});
    try {
      await withServers([fixture()], async ({ host, call }) => {
        const ours = host.list().filter(({ server }) => server === "devmcp");
        assert.deepEqual(ours.map(({ name }) => name), tools.map(({ name }) => name));
        const effectOf = (name: string) => ours.find((one) => one.name === name);
        assert.equal(effectOf("format_code")!.effect, "free");
        assert.equal(effectOf("format_code")!.needsModel, undefined);
        assert.equal(effectOf("generate_code")!.needsModel, true);
        assert.equal(effectOf("review_code")!.needsModel, undefined);
        const formatted = await call("format_code", { path: "a.py" });
        assert.equal(formatted.ok, true);
        assert.equal(formatted.data!.formatted_code, "x = 1\n");
        assert.equal((await call("format_code", {})).ok, false);
        assert.match((await call("none")).text, /there is no such tool/);
        const signal = AbortSignal.abort(new Error("Ctrl-C"));
        await assert.rejects(host.call("format_code", {}, { signal }), /Ctrl-C/);
      }, { own });
    } finally {
      own.close();
    }
  }));
