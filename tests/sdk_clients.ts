/** The clients of both majors of the official SDK, as one. */
import {
  Client,
  type ClientCapabilities,
  StreamableHTTPClientTransport,
} from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as StdioV1 } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as HttpV1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import {
  CallToolResultSchema,
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  PromptListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { pathToFileURL } from "node:url";
import { BINARY } from "./devmcp.ts";
import type { Served } from "./served.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** What the client answers and is told. */
export interface Side {
  /** What its model says. */
  model?(params: Any): string;
  /** What the person fills in. */
  fill?(params: Any): Record<string, unknown>;
  /** Its only root. */
  root?: string;
  onPromptsChanged?(): void;
  onUpdated?(uri: string): void;
  /** What HTTP goes through. */
  fetch?: Fetch;
}

export interface CallOptions {
  signal?: AbortSignal;
  onprogress?(progress: { progress: number; total?: number }): void;
}

type Shared = Pick<
  Client,
  | "close"
  | "complete"
  | "getPrompt"
  | "getServerVersion"
  | "listPrompts"
  | "listResources"
  | "listResourceTemplates"
  | "listTools"
  | "ping"
  | "readResource"
  | "setLoggingLevel"
>;

/** What both clients can do. */
export interface SdkClient {
  era: "legacy" | "modern";
  client: Shared;
  call(name: string, args: Record<string, unknown>, options?: CallOptions): Promise<Any>;
  /** Wants to be told of changes of the prompts and of one resource. */
  watch(uri: string): Promise<void>;
}

export interface Kind {
  name: string;
  era: SdkClient["era"];
  transport: "stdio" | "HTTP";
  connect(served: Served, side?: Side): Promise<SdkClient>;
}

const INFO = { name: "sdk", version: "0" };

function capabilitiesOf({ model, fill, root }: Side): ClientCapabilities {
  return {
    ...model && { sampling: {} },
    ...fill && { elicitation: {} },
    ...root && { roots: { listChanged: true } },
  };
}

const answersOf = ({ model, fill, root }: Side) => ({
  sample: ({ params }: Any) => ({
    role: "assistant" as const,
    model: "clients-own",
    content: { type: "text" as const, text: model!(params) },
  }),
  elicit: ({ params }: Any) => ({ action: "accept" as const, content: fill!(params) as Any }),
  roots: () => ({ roots: [{ uri: pathToFileURL(root!).href }] }),
});

const processOf = ({ args, env, folder }: Served) =>
  ({ command: BINARY, args, env, cwd: folder, stderr: "ignore" }) as const;

function connectV1(transport: Kind["transport"]): Kind["connect"] {
  return async (served, side = {}) => {
    const client = new ClientV1(INFO, { capabilities: capabilitiesOf(side) as Any });
    const answers = answersOf(side);
    if (side.model) client.setRequestHandler(CreateMessageRequestSchema, answers.sample);
    if (side.fill) client.setRequestHandler(ElicitRequestSchema, answers.elicit);
    if (side.root) client.setRequestHandler(ListRootsRequestSchema, answers.roots);
    const { onPromptsChanged = () => {}, onUpdated = () => {} } = side;
    client.setNotificationHandler(PromptListChangedNotificationSchema, onPromptsChanged);
    client.setNotificationHandler(
      ResourceUpdatedNotificationSchema,
      ({ params }: Any) => onUpdated(params.uri),
    );
    await client.connect(
      transport === "stdio"
        ? new StdioV1(processOf(served))
        : new HttpV1(new URL(served.url), { fetch: side.fetch }),
    );
    return {
      era: "legacy",
      client: client as unknown as Shared,
      call: (name, args, options) =>
        client.callTool({ name, arguments: args }, CallToolResultSchema, options),
      watch: async (uri) => void await client.subscribeResource({ uri }),
    };
  };
}

function connectV2(transport: Kind["transport"], era: SdkClient["era"]): Kind["connect"] {
  return async (served, side = {}) => {
    const client = new Client(INFO, {
      capabilities: capabilitiesOf(side),
      ...era === "modern" && { versionNegotiation: { mode: { pin: "2026-07-28" } } },
    });
    const answers = answersOf(side);
    if (side.model) client.setRequestHandler("sampling/createMessage", answers.sample);
    if (side.fill) client.setRequestHandler("elicitation/create", answers.elicit);
    if (side.root) client.setRequestHandler("roots/list", answers.roots);
    const { onPromptsChanged = () => {}, onUpdated = () => {} } = side;
    client.setNotificationHandler("notifications/prompts/list_changed", onPromptsChanged);
    client.setNotificationHandler(
      "notifications/resources/updated",
      ({ params }) => onUpdated(params.uri),
    );
    await client.connect(
      transport === "stdio"
        ? new StdioClientTransport(processOf(served))
        : new StreamableHTTPClientTransport(new URL(served.url), { fetch: side.fetch }),
    );
    const listen = (uri: string) =>
      client.listen({ promptsListChanged: true, resourceSubscriptions: [uri] });
    return {
      era,
      client,
      call: (name, args, options) => client.callTool({ name, arguments: args }, options),
      watch: async (uri) =>
        void await (era === "modern" ? listen(uri) : client.subscribeResource({ uri })),
    };
  };
}

const TRANSPORTS = ["stdio", "HTTP"] as const;

/** Every client that there is, over every transport. */
export const KINDS: Kind[] = TRANSPORTS.flatMap((transport): Kind[] => [
  { name: "SDK 1", era: "legacy", transport, connect: connectV1(transport) },
  { name: "SDK 2", era: "legacy", transport, connect: connectV2(transport, "legacy") },
  { name: "SDK 2", era: "modern", transport, connect: connectV2(transport, "modern") },
]);
