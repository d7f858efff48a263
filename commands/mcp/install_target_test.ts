import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { fakeApp } from "../../cli/fake_app.ts";
import { inHome } from "../../config/home_fixture.ts";
import { ToolError } from "../../config/tool_error.ts";
import { openWorkspace } from "../../workspace/workspace.ts";
import { installTarget } from "./install_target.ts";
import { install } from "./mcp_install.ts";
import { MCP_CLIENTS } from "./mcp_clients.ts";

const clientOf = (id: string) => MCP_CLIENTS.find((one) => one.id === id)!;
const appIn = (cwd: string, env = (_: string): string | undefined => undefined) =>
  fakeApp({ cwd, env, openWorkspace: (root) => Promise.resolve(openWorkspace(root)) });

Deno.test("installTarget() refuses what could never work, or would give a key away", () =>
  inHome({ "p/a.py": "" }, async ({ path }) => {
    const table: [client: string, flags: Parameters<typeof installTarget>[2], says: RegExp][] = [
      ["zed", { root: "/nope" }, /nope/],
      ["zed", { root: "p/a.py" }, /a\.py/],
      ["zed", { root: "/" }, /the whole disk/],
      ["claude-desktop", {}, /Claude Desktop starts servers in no project/],
      ["lmstudio", {}, /LM Studio starts servers in no project/],
      ["zed", { http: "https://h/mcp?token=abc" }, /has a query/],
      ["zed", { http: "https://h/mcp#abc" }, /has a query/],
    ];
    for (const [client, flags, says] of table) {
      await rejects(installTarget(clientOf(client), appIn(path), flags), (error: Error) => {
        equal(error instanceof ToolError, true, error.stack);
        match(error.message, says);
        equal(error.message.includes("abc"), false);
        return true;
      });
    }
  }));

Deno.test("installTarget() completes what is meant", () =>
  inHome({ "p/a.py": "" }, async ({ path }) => {
    const target = await installTarget(clientOf("lmstudio"), appIn(path), { root: "p" });
    deepEqual("args" in target && target.args.slice(-2), ["--root", `${path}/p`]);
    const addresses = ["http://127.0.0.1:8004", "http://127.0.0.1:8004/mcp"];
    for (const http of addresses) {
      deepEqual(await installTarget(clientOf("lmstudio"), appIn(path), { http }), {
        url: "http://127.0.0.1:8004/mcp",
      });
    }
  }));

Deno.test("install() keeps what the user has added to the entry", () =>
  inHome({ "p/a.py": "" }, async ({ path, env, read, write }) => {
    const app = appIn(path, (name) => name === "HOME" ? path : env()(name));
    const old = { command: "old", args: [], env: { K: "v" }, timeout: 9 };
    await write(".cursor/mcp.json", JSON.stringify({ mcpServers: { devmcp: old } }));
    const entry = async () => JSON.parse(await read(".cursor/mcp.json")).mcpServers.devmcp;
    await install(app, { client: "cursor", root: "p" });
    const { env: variables, timeout, args } = await entry();
    deepEqual([variables, timeout, args.at(-1)], [{ K: "v" }, 9, `${path}/p`]);
    await install(app, { client: "cursor", http: "http://h/mcp" });
    deepEqual(await entry(), { url: "http://h/mcp", timeout: 9 });
  }));
