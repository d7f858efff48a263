// deno-lint-ignore-file
import type { App } from "../../cli/app.ts";
import type { AgentFiles, Approvals } from "../../agent/world.ts";
import type { McpHost } from "../../mcp_client/mcp_host.ts";
import type { ToolInfo } from "../../agent/toolbox.ts";
import schemas from "../../tools/schemas.json" with { type: "json" };
import { runTool } from "../../tools/run_tool.ts";

export function createAgentFiles(folder: string, app: App): AgentFiles {
  return {
    async readText(path) {
      const w = await app.openWorkspace(folder, { confined: true });
      return (await w.readSource(path)).text;
    },
    exists: (path) => {
      try {
        return Deno.statSync(`${folder}/${path}`).isFile;
      } catch {
        return false;
      }
    },
    async snapshot(path) {
      const p = path.startsWith("/") ? path : `${folder}/${path}`;
      return { path: p, bytes: await Deno.readFile(p).catch(() => null) };
    },
    async restore(path, bytes) {
      if (bytes) await Deno.writeFile(path, bytes);
      else await Deno.remove(path);
    },
    readResource: () => Promise.reject(new Error("none")),
  };
}
export const approvals: Approvals = { has: async () => false, add: async () => {} };

export function openHost(app: App): McpHost {
  const S = schemas as any;
  const list: ToolInfo[] = app.tools.map((t) => ({
    name: t.name,
    server: "devmcp",
    title: t.title,
    description: t.summary,
    inputSchema: S[t.name]?.input,
    outputSchema: S[t.name]?.output,
    effect: t.effects === "writes" || t.effects === "runs" ? t.effects : "free",
    needsModel: t.asksModel === "always",
  }));
  return {
    list: () => list,
    async call(name, args, { signal }) {
      const tool = await app.tools.find((t) => t.name === name)!.load();
      const workspace = await app.openWorkspace(app.cwd, { confined: true });
      const o = await runTool(tool, args, {
        signal,
        engines: app.engines,
        models: app.models,
        prompts: app.prompts,
        cache: app.cache,
        workspace,
        progress() {},
        log() {},
      } as any);
      return o.ok
        ? { ok: true, text: o.text, data: o.output }
        : { ok: false, text: `${o.message}; ${o.hint ?? ""}` };
    },
    ready: async () => {},
    settled: async () => {},
    servers: () => [],
    reconnect: async () => {},
    prompts: () => [],
    getPrompt: async () => "",
    resources: () => [],
    readResource: async () => "",
    close: async () => {},
  };
}
