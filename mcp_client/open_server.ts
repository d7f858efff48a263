import type { HttpServer, ServerDefinition, StdioServer } from "../config/server_definition.ts";
import { ToolError } from "../config/tool_error.ts";
import { startProgram } from "../sandbox/start_program.ts";
import type { ConnectionWorld } from "./connection_world.ts";
import { expandVariables } from "./expand_variables.ts";
import { LoginNeeded } from "./login_needed.ts";
import { createOAuth } from "./oauth.ts";
import { type OpenClient, openHttp, type OpenOptions, openStdio } from "./open_client.ts";
import { environmentFor } from "./server_environment.ts";
import { withLogin } from "./with_login.ts";

/**
 * Starts or contacts a server that the user has agreed to.
 *
 * @param interactive whether the person may be asked to log in
 * @throws {LoginNeeded} when that is what is missing, and what the connection throws
 */
export async function openServer(
  { name, server }: ServerDefinition,
  options: OpenOptions,
  world: ConnectionWorld,
  { interactive }: { interactive: boolean },
): Promise<OpenClient> {
  const isLiteral = server.kind === "stdio" && server.literal;
  const expanded = isLiteral ? server : expandVariables(server, world.env);
  if (expanded.kind === "stdio") return await openProgram(expanded, options, world);
  return await openAddress(name, expanded, options, world, interactive);
}

function openProgram(server: StdioServer, options: OpenOptions, world: ConnectionWorld) {
  const { command, args, cwd = world.folder } = server;
  const env = environmentFor(server, world.env);
  return openStdio(() => startProgram({ command, args, env, cwd }), options);
}

async function openAddress(
  name: string,
  server: HttpServer,
  options: OpenOptions,
  world: ConnectionWorld,
  interactive: boolean,
): Promise<OpenClient> {
  const address = URL.parse(server.url);
  if (!address) throw new ToolError("Cannot use its url: it is none");
  const { tokens, env, person } = world;
  const oauth = createOAuth({ name, server: address, settings: server.oauth, tokens, env });
  const attempt = () => openHttp(server, oauth.authorize(globalThis.fetch), options);
  if (!interactive) return await attempt();
  const show = async (url: string) => {
    if (await world.ask(() => person.login(name, new URL(url), options.signal))) return;
    throw new LoginNeeded(name);
  };
  return await withLogin(oauth, { show, signal: options.signal }, attempt);
}
