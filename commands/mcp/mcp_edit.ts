import { join } from "node:path";
import type { App } from "../../cli/app.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { changeMcpJson } from "../../config/edit_mcp_json.ts";
import { addServer, removeServer } from "../../config/edit_servers.ts";
import { findProjectFile, userConfigFile } from "../../config/find_file.ts";
import { MCP_JSON, readMcpJson } from "../../config/mcp_json.ts";
import { readServers } from "../../config/mcp_servers.ts";
import {
  type HttpServer,
  type ServerDefinition,
  toDefinition,
} from "../../config/server_definition.ts";
import { checkServer, type WrittenServer } from "../../config/server_schema.ts";
import { ToolError } from "../../config/tool_error.ts";
import { addressOf, hashServer } from "../../mcp_client/describe_server.ts";
import { expandVariables } from "../../mcp_client/expand_variables.ts";
import { serverKey } from "../../mcp_client/oauth_context.ts";
import { readPairs } from "../keys/read_pairs.ts";
import { openAgreedServers } from "../../store/agreed_servers.ts";
import { oauthTokensPath, openOAuthTokens } from "../../store/oauth_tokens.ts";

interface AddFlags {
  url?: string;
  header?: string[];
  env?: string[];
  project?: boolean;
  json?: boolean;
}

/** `devmcp mcp add NAME -- COMMAND ARGS…` */
export async function addToFile(
  name: string,
  words: string[],
  app: App,
  flags: AddFlags,
): Promise<void> {
  const server = readServer(name, words, flags);
  const file = flags.project ? projectJson(app) : userConfigFile(app.env);
  const scope = flags.project ? "project" : "user";
  const definition = toDefinition(server, { name, scope, file });
  if (flags.project) {
    // Other clients do not tell by the url alone.
    await changeMcpJson(file, name, server.url ? { type: "http", ...server } : server);
    // Who writes it has seen it.
    await openAgreedServers(app.env).add({ file, name, sha256: hashServer(definition) });
  } else await addServer(file, name, server);
  const shown = addressOf(definition);
  app.stdout.write(
    flags.json
      ? `${toJson({ version: 1, added: name, file, address: shown })}\n`
      : `${sanitizeLine(`${file}: added ${name}: ${shown}`)}\n`,
  );
}

function readServer(name: string, words: string[], flags: AddFlags): WrittenServer {
  const [command, ...args] = words;
  const server = {
    ...command !== undefined && { command },
    ...args.length > 0 && { args },
    ...flags.env && { env: readPairs("--env", flags.env, "=") },
    ...flags.url !== undefined && { url: flags.url },
    ...flags.header && { headers: readPairs("--header", flags.header, ":") },
  };
  const checked = checkServer(name, server, { strict: true });
  if ("server" in checked) return server;
  const { path, state } = checked.problem;
  const isAboutKind = server.command === undefined === (server.url === undefined);
  throw new ToolError(`Cannot add "${name}": ${path.join(".") || "it"} ${state}`, {
    hint: path.length === 0 && isAboutKind ? "give the program after --, or --url" : undefined,
  });
}

interface RemoveFlags {
  project?: boolean;
  json?: boolean;
}

/** `devmcp mcp remove NAME` */
export async function removeFromFile(name: string, app: App, flags: RemoveFlags): Promise<void> {
  const file = flags.project ? projectFileOf(name, app) : userConfigFile(app.env);
  const { servers } = await readServers(app.cwd, app.env);
  if (file.endsWith(MCP_JSON)) await changeMcpJson(file, name, undefined);
  else {
    await removeServer(file, name, { followLinks: !flags.project })
      .catch((error) => tellWhere(name, app, error));
  }
  for (const one of servers) if (one.name === name && one.file === file) await logOut(one, app);
  app.stdout.write(
    flags.json
      ? `${toJson({ version: 1, removed: name, file })}\n`
      : `${sanitizeLine(`${file}: removed ${name}`)}\n`,
  );
}

/** Tokens for a server do not outlive its definition. */
async function logOut({ server }: ServerDefinition, { env }: App): Promise<void> {
  if (server.kind !== "http") return;
  const url = URL.parse(addressIn(server, env));
  if (url) await openOAuthTokens(oauthTokensPath(env)).remove(serverKey(url));
}

/** As it is written where a variable in it is not set: nobody has logged in there. */
function addressIn(server: HttpServer, env: App["env"]): string {
  try {
    return expandVariables({ ...server, headers: {}, oauth: {} }, env).url;
  } catch {
    return server.url;
  }
}

/** The file of the project that defines a server; its .mcp.json where none does. */
function projectFileOf(name: string, app: App): string {
  const json = projectJson(app);
  const yaml = findProjectFile(app.cwd, app.env);
  const isInJson = readMcpJson(json, json).servers.some((one) => one.name === name);
  return isInJson || !yaml || yaml === userConfigFile(app.env) ? json : yaml;
}

function projectJson({ cwd, env }: App): string {
  return findProjectFile(cwd, env, MCP_JSON) ?? join(cwd, MCP_JSON);
}

async function tellWhere(name: string, { cwd, env }: App, error: unknown): Promise<never> {
  const { servers } = await readServers(cwd, env);
  const found = servers.find((one) => one.name === name);
  if (found?.scope !== "project") throw error;
  throw new ToolError(`Cannot remove "${name}": it is the project's, in "${found.file}"`, {
    hint: `run "devmcp mcp remove ${name} --project"`,
  });
}
