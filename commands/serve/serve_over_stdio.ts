import type { App } from "../../cli/app.ts";
import { atMost } from "../../config/at_most.ts";
import { openUnreadCheck } from "../../config/output_is_unread.ts";
import { openQuickOutput } from "../../config/quick_output.ts";
import type { ServerEvent } from "../../config/server_events.ts";
import { LOCAL } from "../../server/caller.ts";
import { countRequests } from "../../server/count_requests.ts";
import { createMcpServer } from "../../server/mcp_server.ts";
import { ownId } from "../../server/own_id.ts";
import { serveStdio } from "../../server/stdio.ts";
import { chosenTools } from "../chosen_tools.ts";
import { configured } from "../configured.ts";
import { limitsOfOneClient } from "../calls/limits_of_one_client.ts";
import { openServing } from "../open_serving.ts";
import type { ServeFlags } from "./serve_flags.ts";
import { startFolder, startWarning } from "../start_folder.ts";
import { tellServing } from "./tell_serving.ts";

/** For calls that nobody waits for any more: their end is told too. */
const SETTLE_MS = 500;

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
  const { emit, settled } = countRequests(telemetry.emit);
  const clientRoots = flags.root === undefined ? "replace" : "narrow";
  const { server, close } = openServing(app, { tools, root, clientRoots, limits, emit, config });
  const told = tellServing(app, telemetry, { transport: "stdio", workspace: root });
  const stopping = () => told.stopping();
  app.signal.addEventListener("abort", stopping);
  const warning = startWarning(app, flags.root);
  if (warning) server.log("warning", warning);
  if (app.stdinIsTerminal) explain(app);
  try {
    const endedBy = await serveStdio({
      createServer: () => createMcpServer(server),
      input: Deno.stdin,
      output: Deno.stdout.writable,
      writeQuickly: openQuickOutput(),
      beforeListen: async () => await server.resources?.prepare(),
      isUnread: openUnreadCheck(),
      onRefused: (errorCode) => emit(refusedMessage(errorCode)),
      signal: app.signal,
      log: server.log,
    });
    await atMost(SETTLE_MS, settled());
    told.stopped(endedBy);
  } finally {
    close();
    await telemetry.close();
  }
}

function refusedMessage(errorCode: number): ServerEvent {
  return {
    type: "refused",
    reason: "message",
    transport: "stdio",
    requestId: ownId(),
    principal: LOCAL.id,
    errorCode,
  };
}

/** Where nothing else is said, this folder, which needs no look at. */
async function findRoot(app: App, folder?: string): Promise<string> {
  return folder === undefined ? startFolder(app) : (await app.openWorkspace(folder)).root;
}

function explain(app: App): void {
  app.stderr.write("devmcp: waiting for an MCP client on standard input; Ctrl-C ends\n");
}
