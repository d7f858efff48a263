import type { App } from "../../cli/app.ts";
import type { Config } from "../../config/config.ts";
import type { FlagValue } from "../../config/load.ts";
import type { Telemetry } from "../../config/server_events.ts";
import { scopesOf } from "../../server/access/scope_for.ts";
import type { Access } from "../../server/authenticate.ts";
import { isLoopback } from "../../server/http/is_loopback.ts";
import { serveHttp } from "../../server/http/serve_http.ts";
import { createMcpServer } from "../../server/mcp_server.ts";
import { openHttpSessions } from "../../store/http_sessions.ts";
import { type ListenAddress, listenAddress } from "../listen_address.ts";
import { chosenTools } from "../chosen_tools.ts";
import { openAccess } from "../open_access.ts";
import { readTls } from "./read_tls.ts";
import type { ServeFlags } from "./serve_flags.ts";
import { startFolder, startWarning } from "../start_folder.ts";
import { openServing } from "../open_serving.ts";
import { tellServing } from "./tell_serving.ts";
import { writeLog } from "./write_log.ts";

type HttpFlags = ServeFlags & { http: string | true };

/** Serves over HTTP until the process is told to stop. */
export async function serveOverHttp(app: App, flags: HttpFlags): Promise<void> {
  const address = listenAddress(flags.http);
  app.configure(asConfiguration(flags, app));
  const config = (await app.config()).values;
  const telemetry = await app.openTelemetry(config);
  try {
    await serve(app, flags, { address, config, telemetry });
  } finally {
    await telemetry.close();
  }
}

interface Opened {
  address: ListenAddress;
  config: Config;
  telemetry: Telemetry;
}

async function serve(app: App, flags: HttpFlags, opened: Opened): Promise<void> {
  const { address, config, telemetry } = opened;
  const { emit, metrics } = telemetry;
  const tools = chosenTools(app.tools, flags, config);
  const access = await findAccess(app, flags, opened);
  const tls = readTls(config.server);
  const { root } = await app.openWorkspace(flags.root ?? startFolder(app));
  const { limits } = config.server;
  const serving = openServing(app, { tools, root, clientRoots: "narrow", limits, emit, config });
  const { gate, catalogs } = serving;
  const stateKey = crypto.getRandomValues(new Uint8Array(32));
  try {
    const server = serveHttp({
      ...address,
      ...tls && { tls },
      config: config.server,
      createServer: (caller) => createMcpServer({ ...serving.server, stateKey, caller }),
      access,
      scopeOf: scopesOf(tools),
      gate,
      emit,
      metrics,
      ready: async () => (await import("../check_readiness.ts")).checkReadiness(app),
      resources: catalogs.resources,
      prompts: catalogs.prompts,
      sessionRecords: findSessions(app, opened),
      signal: app.signal,
      onStop: (calls) => {
        told.stopping(calls);
        writeLog(app, stopLine(calls, config));
      },
    });
    const told = tellServing(app, telemetry, {
      transport: "http",
      address: server.url,
      workspace: root,
    });
    if (flags.insecureNoAuthOnNetwork && !isLoopback(address.hostname)) writeLog(app, OPEN);
    writeLog(app, `devmcp: serving MCP at ${server.url}, workspace ${root}; Ctrl-C ends`);
    const warning = startWarning(app, flags.root);
    if (warning) writeLog(app, `devmcp: warning: ${warning}`);
    telemetry.watch?.(() => ({ ...gate.load(), connections: server.connections }));
    await server.finished;
    told.stopped("signal");
  } finally {
    serving.close();
  }
}

/** A port that is another one next time has nobody who would come back. */
function findSessions(app: App, { address, telemetry: { emit } }: Opened) {
  const { hostname, port } = address;
  if (port === 0) return;
  const warn = (text: string) => emit({ type: "message", level: "warning", text });
  return openHttpSessions(app.env, `${hostname}:${port}`, warn);
}

/** What a flag says holds before the configuration. */
function asConfiguration(flags: HttpFlags, app: App): Record<string, FlagValue> {
  const level = app.debug ? "debug" : flags.logLevel;
  const given: [key: string, flag: string, value: unknown][] = [
    ["server.metrics", "--metrics", flags.metrics],
    ["server.tls_cert", "--tls-cert", flags.tlsCert],
    ["server.tls_key", "--tls-key", flags.tlsKey],
    ["logging.level", "--log-level", level],
  ];
  return Object.fromEntries(
    given.filter(([, , value]) => value !== undefined)
      .map(([key, flag, value]) => [key, { flag, value }]),
  );
}

async function findAccess(
  app: App,
  flags: HttpFlags,
  { address: { hostname }, config, telemetry: { emit } }: Opened,
): Promise<Access> {
  const loopback = isLoopback(hostname);
  const insecure = flags.insecureNoAuthOnNetwork ?? false;
  const warn = (text: string) => emit({ type: "message", level: "warning", text });
  return await openAccess(app, config.server, { loopback, warn, insecure });
}

const OPEN = "devmcp: warning: whoever can reach this address may call the tools, without a key";

function stopLine(calls: number, { server }: Config): string {
  if (calls === 0) return "devmcp: stopping";
  const what = calls === 1 ? "1 call" : `${calls} calls`;
  return `devmcp: stopping; waiting for ${what}, at most ${server.drain_seconds} s`;
}
