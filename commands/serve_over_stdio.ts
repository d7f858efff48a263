import type { App } from "../cli/app.ts";
import { openQuickOutput } from "../config/quick_output.ts";
import { createMcpServer } from "../server/mcp_server.ts";
import { serveStdio } from "../server/stdio.ts";
import { chosenTools } from "./chosen_tools.ts";
import { configured } from "./configured.ts";
import { limitsOfOneClient } from "./limits_of_one_client.ts";
import { openServing } from "./open_serving.ts";
import type { ServeFlags } from "./serve_flags.ts";

/** Serves one client on standard input and output until the input ends. */
export async function serveOverStdio(app: App, flags: ServeFlags): Promise<void> {
  const loaded = await configured(app);
  const config = loaded?.values;
  const limits = limitsOfOneClient(loaded);
  const tools = chosenTools(app.tools, flags, config);
  const level = app.debug ? "debug" : flags.logLevel ?? config?.logging.level ?? "warning";
  const [root, telemetry] = await Promise.all([
    findRoot(app, flags.root),
    app.openTelemetry({ telemetry: config?.telemetry, logging: { ...config?.logging, level } }),
  ]);
  const { emit } = telemetry;
  const clientRoots = flags.root === undefined ? "replace" : "narrow";
  const { server, close } = openServing(app, { tools, root, clientRoots, limits, emit, config });
  server.log(
    "info",
    `devmcp ${app.version} serves MCP on standard input and output, workspace ${root}`,
  );
  if (app.stdinIsTerminal) explain(app);
  try {
    await serveStdio({
      createServer: () => createMcpServer(server),
      input: Deno.stdin,
      output: Deno.stdout.writable,
      writeQuickly: openQuickOutput(),
      signal: app.signal,
      log: server.log,
    });
  } finally {
    close();
    await telemetry.close();
  }
}

/** Where nothing else is said, this folder, which needs no look at. */
async function findRoot(app: App, folder?: string): Promise<string> {
  return folder === undefined ? app.cwd : (await app.openWorkspace(folder)).root;
}

function explain(app: App): void {
  app.stderr.write("devmcp: waiting for an MCP client on standard input; Ctrl-C ends\n");
}
