import { basename } from "node:path";
import type { App } from "../../cli/app.ts";
import { sanitizeLine } from "../../cli/sanitize.ts";
import { type ServerDefinition, toDefinition } from "../../config/server_definition.ts";
import { checkServer } from "../../config/server_schema.ts";
import { ToolError } from "../../config/tool_error.ts";
import { Connection } from "../../mcp_client/connection.ts";
import type { ConnectionWorld } from "../../mcp_client/connection_world.ts";
import type { ServerLink } from "../../mcp_client/server_link.ts";
import type { OAuthLogin, OAuthTokens } from "../../store/oauth_tokens.ts";
import { connectionWorld } from "./mcp_world.ts";
import { readPairs } from "../keys/read_pairs.ts";

/** The flags of commands that take a server as it is typed. */
export interface ServerFlags {
  header?: string[];
  env?: string[];
}

/** Somebody waits; a package that is started for the first time is downloaded first. */
const CONNECT_MS = 30_000;
/** After that they are told what for. */
const TELL_MS = 2000;

/**
 * Connects to a server that the user has typed, and closes it again. Nothing about it is remembered.
 *
 * @param words a URL, or a program and its arguments
 * @throws {ToolError} when it cannot be used
 */
export async function withTypedServer<T>(
  words: string[],
  flags: ServerFlags,
  app: App,
  use: (link: ServerLink, connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = new Connection(typedServer(words, flags), forgetfulWorld(app));
  const { address } = connection.status;
  const waiting = setTimeout(() => {
    app.stderr.write(`devmcp: waiting for ${sanitizeLine(address)} to answer\n`);
  }, TELL_MS);
  try {
    await connection.connect({ interactive: true }).finally(() => clearTimeout(waiting));
    app.signal.throwIfAborted();
    if (connection.link) return await use(connection.link, connection);
    const { state, problem = state } = connection.status;
    const hint = connection.definition.server.kind === "http"
      ? "give the address of its MCP endpoint, which often ends in /mcp"
      : "give the command that starts an MCP server, as its documentation has it";
    throw new ToolError(`Cannot use ${JSON.stringify(address)}: ${problem}`, { hint });
  } finally {
    await connection.close();
  }
}

/** @throws {ToolError} when it is neither a URL nor a program */
function typedServer(words: string[], flags: ServerFlags): ServerDefinition {
  const [first = "", ...args] = words;
  const isUrl = /^https?:\/\//i.test(first);
  const wrong = (state: string, hint: string) =>
    new ToolError(`Cannot use ${JSON.stringify(first)}: ${state}`, { hint });
  if (isUrl && args.length > 0) throw wrong("there is more than the URL", "quote what is one word");
  if (isUrl && flags.env) throw wrong("--env is for programs", "give --header");
  if (!isUrl && flags.header) throw wrong("--header is for a URL", "give --env");
  const written = isUrl
    ? { url: first, headers: readPairs("--header", flags.header ?? [], ":") }
    : { command: first, args, env: readPairs("--env", flags.env ?? [], "=") };
  const checked = checkServer("typed", written, { strict: true });
  if ("problem" in checked) {
    const { path, state } = checked.problem;
    throw wrong(`${path.join(".")} ${state}`.trim(), "give a URL, or a program after --");
  }
  const name = isUrl ? URL.parse(first)?.host ?? first : basename(first);
  const definition = toDefinition(checked.server, { name, scope: "user", file: "" });
  if (definition.server.kind === "http") return definition;
  return { ...definition, server: { ...definition.server, literal: true, cwd: undefined } };
}

function forgetfulWorld(app: App): ConnectionWorld {
  return {
    ...connectionWorld(app),
    connectMs: CONNECT_MS,
    agreed: { has: () => true, add: () => Promise.resolve() },
    known: { of: () => new Map(), add: () => Promise.resolve() },
    tokens: forgetfulTokens(),
  };
}

/** Logins for this process. */
function forgetfulTokens(): OAuthTokens {
  let logins: OAuthLogin[] = [];
  const isOf = (server: string, issuer?: string) => (one: OAuthLogin) =>
    one.server === server && (issuer === undefined || one.issuer === issuer);
  return {
    read: (server, issuer) => logins.find(isOf(server, issuer)),
    save(login) {
      logins = [login, ...logins.filter((one) => !isOf(login.server, login.issuer)(one))];
      return Promise.resolve();
    },
    remove(server) {
      const before = logins.length;
      logins = logins.filter((one) => !isOf(server)(one));
      return Promise.resolve(logins.length < before);
    },
    exclusively: (_server, work) => work(),
  };
}
