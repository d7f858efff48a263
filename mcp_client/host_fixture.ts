/** Hosts for tests, with servers of their own. */
import { fileURLToPath } from "node:url";
import { InMemoryTransport } from "@modelcontextprotocol/client";
import type { ServerDefinition, StdioServer } from "../config/server_definition.ts";
import type { Models } from "../models/chat_model.ts";
import { openAgreedServers } from "../store/agreed_servers.ts";
import { openKnownTools } from "../store/known_tools.ts";
import { openOAuthTokens } from "../store/oauth_tokens.ts";
import { createMcpHost, type McpHostOptions } from "./create_mcp_host.ts";
import type { HostPerson } from "./host_person.ts";
import type { McpHost } from "./mcp_host.ts";

const SCRIPT = fileURLToPath(new URL("./server_fixture.ts", import.meta.url));

/** The program of the fixture. */
export function program(mode = "", more: Partial<StdioServer> = {}): StdioServer {
  return {
    kind: "stdio",
    command: Deno.execPath(),
    args: ["run", "--no-check", "--no-lock", "-A", SCRIPT, mode],
    env: {},
    ...more,
  };
}

/** The fixture as a server of the user's. */
export function fixture(mode = "", more: Partial<ServerDefinition> = {}): ServerDefinition {
  return {
    name: "fix",
    server: program(mode),
    disabled: false,
    timeoutMs: 20_000,
    tools: { allow: ["*"], deny: [] },
    scope: "user",
    file: "/home/me/devmcp.yaml",
    ...more,
  };
}

/** Somebody who says no to all that is not given. */
export function fakePerson(answers: Partial<HostPerson> = {}): HostPerson {
  const no = () => Promise.resolve(false);
  return {
    agree: no,
    showChangedTool: no,
    sampling: no,
    elicit: () => Promise.resolve({ action: "cancel" }),
    login: no,
    ...answers,
  };
}

const NO_MODELS: Models = { get: () => Promise.reject(new Error("no model")) };

export interface TestHost {
  host: McpHost;
  log: string[];
  call(name: string, args?: Record<string, unknown>): ReturnType<McpHost["call"]>;
}

/** A host whose own server has nothing. @param state the folder of what is kept, and the project's */
export function createHost(
  servers: ServerDefinition[],
  state: string,
  options: Partial<McpHostOptions> = {},
): TestHost {
  const values: Record<string, string> = { ...Deno.env.toObject(), XDG_STATE_HOME: state };
  const env = (name: string) => values[name];
  const log: string[] = [];
  const host = createMcpHost({
    own: { connect: () => Promise.resolve(emptyServer()) },
    servers,
    version: "1",
    folder: state,
    env,
    person: fakePerson(),
    models: NO_MODELS,
    agreed: openAgreedServers(env),
    known: openKnownTools(env),
    tokens: openOAuthTokens(`${state}/tokens.json`),
    log: (level, message) => log.push(`${level}: ${message}`),
    signal: new AbortController().signal,
    ...options,
  });
  const call: TestHost["call"] = (name, args = {}) =>
    host.call(name, args, { signal: new AbortController().signal });
  return { host, log, call };
}

/** Runs a test with a host whose servers have settled. */
export async function withServers(
  servers: ServerDefinition[],
  test: (host: TestHost) => Promise<void>,
  { state, ...options }: Partial<McpHostOptions> & { state?: string } = {},
): Promise<void> {
  const folder = state ?? await Deno.makeTempDir();
  const created = createHost(servers, folder, options);
  try {
    await created.host.settled();
    await test(created);
  } finally {
    await created.host.close();
    if (!state) await Deno.remove(folder, { recursive: true });
  }
}

/** A server that has nothing. */
function emptyServer(): InMemoryTransport {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  theirs.onmessage = (message) => {
    if (!("method" in message) || !("id" in message)) return;
    const result = {
      protocolVersion: "2025-11-25",
      capabilities: {},
      serverInfo: { name: "own", version: "1" },
    };
    void theirs.send({ jsonrpc: "2.0", id: message.id, result });
  };
  return ours;
}
