/**
 * The client that the official conformance suite starts, with the server's URL as its argument: a host as
 * in `devmcp chat`, where a person without patience says yes to everything.
 */
import { join } from "node:path";
import { InMemoryTransport } from "@modelcontextprotocol/client";
import { McpServer } from "@modelcontextprotocol/server";
import type { ToolInfo } from "../agent/execute/toolbox.ts";
import type { ServerDefinition } from "../config/server_definition.ts";
import type { OAuthSettings } from "../config/oauth_settings.ts";
import { createMcpHost } from "../mcp_client/create_mcp_host.ts";
import type { HostPerson } from "../mcp_client/host_person.ts";
import type { McpHost } from "../mcp_client/mcp_host.ts";
import { openAgreedServers } from "../store/agreed_servers.ts";
import { openKnownTools } from "../store/known_tools.ts";
import { oauthTokensPath, openOAuthTokens } from "../store/oauth_tokens.ts";

/** What some scenarios tell, in MCP_CONFORMANCE_CONTEXT. */
interface Context {
  client_id?: string;
  client_secret?: string;
  private_key_pem?: string;
  idp_client_id?: string;
  idp_token_endpoint?: string;
  idp_id_token?: string;
  toolCalls?: { name: string; arguments: Record<string, unknown> }[];
}

const NAME = "suite";
const SECRET = "CLIENT_SECRET";
const ID_TOKEN = "ID_TOKEN";
/** The suite ends the shell that it starts us with, and then waits for us. */
const MAX_MS = 90_000;
/** Each may need another login. */
const MAX_LOGINS = 3;
/** What the suite's servers expect. */
const ARGUMENTS: Record<string, Record<string, unknown>> = { add_numbers: { a: 5, b: 3 } };

const person: HostPerson = {
  agree: () => Promise.resolve(true),
  showChangedTool: () => Promise.resolve(true),
  sampling: () => Promise.resolve(true),
  elicit: () => Promise.resolve({ action: "accept", content: {} }),
  /** As a browser with a person who is logged in already. */
  async login(_server, url) {
    const response = await fetch(url, { redirect: "manual" });
    await response.body?.cancel();
    await (await fetch(response.headers.get("location")!)).body?.cancel();
    return true;
  },
};

async function readSettings(context: Context, folder: string): Promise<OAuthSettings> {
  const { client_id, client_secret, private_key_pem, idp_client_id, idp_token_endpoint } = context;
  const file = join(folder, "key.pem");
  if (private_key_pem) await Deno.writeTextFile(file, private_key_pem);
  return {
    client_metadata_url: "https://conformance-test.local/client-metadata.json",
    client_id,
    client_secret_env: client_secret && SECRET,
    private_key_file: private_key_pem && file,
    grant: grantOf(Deno.env.get("MCP_CONFORMANCE_SCENARIO") ?? ""),
    idp_client_id,
    idp_token_endpoint,
    id_token_env: ID_TOKEN,
  };
}

function grantOf(scenario: string): OAuthSettings["grant"] {
  if (scenario.startsWith("auth/client-credentials")) return "client_credentials";
  const isCrossApp = /cross-app-access|enterprise-managed/.test(scenario);
  return isCrossApp ? "cross_app_access" : undefined;
}

function define(url: string, oauth: OAuthSettings): ServerDefinition {
  return {
    name: NAME,
    server: { kind: "http", url, headers: {}, onlySse: false, oauth },
    disabled: false,
    timeoutMs: MAX_MS,
    tools: { allow: ["*"], deny: [] },
    scope: "user",
    file: "",
  };
}

function openHost(definition: ServerDefinition, context: Context, folder: string) {
  const { client_secret, idp_id_token } = context;
  const variables = { XDG_STATE_HOME: folder, [SECRET]: client_secret, [ID_TOKEN]: idp_id_token };
  const env = (name: string) => (variables as Record<string, string | undefined>)[name];
  return createMcpHost({
    version: "0.0.0",
    folder,
    env,
    person,
    models: { get: () => Promise.reject(new Error("there is no model")) },
    agreed: openAgreedServers(env),
    known: openKnownTools(env),
    tokens: openOAuthTokens(oauthTokensPath(env)),
    log: (level, message) => console.error(`${level}: ${message}`),
    signal: AbortSignal.timeout(MAX_MS),
    own: { connect: connectNothing },
    servers: [definition],
  });
}

/** Our own server has no part in this. */
async function connectNothing() {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const server = new McpServer({ name: "none", version: "0.0.0" }, { capabilities: { tools: {} } });
  await server.connect(theirs);
  return ours;
}

/** Runs it, and again after each login that it needs. */
async function withLogins(host: McpHost, work: () => Promise<void>): Promise<void> {
  for (let logins = 0; logins < MAX_LOGINS; logins++) {
    await work();
    if (host.servers().find(({ name }) => name === NAME)?.state !== "needs login") return;
    await host.reconnect(NAME);
  }
}

type Call = NonNullable<Context["toolCalls"]>[number];

/** One scenario wants to have the first tool's schema back, as it was. */
function toCall({ name, inputSchema }: ToolInfo, _index: number, all: ToolInfo[]): Call {
  const tool = name.slice(NAME.length + 1);
  const isEcho = Object.keys(inputSchema.properties ?? {}).includes("schema");
  return {
    name: tool,
    arguments: isEcho ? { schema: all[0]!.inputSchema } : ARGUMENTS[tool] ?? {},
  };
}

async function drive(host: McpHost, context: Context): Promise<void> {
  await withLogins(host, () => host.settled());
  const calls = context.toolCalls ?? host.list().map(toCall);
  const signal = AbortSignal.timeout(MAX_MS);
  for (const call of calls) {
    await withLogins(host, async () => {
      const { ok, text } = await host.call(`${NAME}:${call.name}`, call.arguments, { signal });
      console.error(`${call.name}: ${ok} ${text}`);
    });
  }
}

setTimeout(() => Deno.exit(1), MAX_MS);
const context: Context = JSON.parse(Deno.env.get("MCP_CONFORMANCE_CONTEXT") ?? "{}");
const folder = await Deno.makeTempDir();
const definition = define(Deno.args[0]!, await readSettings(context, folder));
const host = openHost(definition, context, folder);
await drive(host, context);
const { state } = host.servers().find(({ name }) => name === NAME)!;
await host.close();
await Deno.remove(folder, { recursive: true });
Deno.exit(state === "connected" ? 0 : 1);
