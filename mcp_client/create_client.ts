import { pathToFileURL } from "node:url";
import { Client, type ClientOptions } from "@modelcontextprotocol/client";
import type { Asked } from "./answer_server.ts";

/** The lists of a server that can change. */
export type ListKind = "tools" | "prompts" | "resources";

/** What a server may want of its client. */
export interface ClientHandlers {
  version: string;
  /** Absolute; the only root that a server is told. Absent for our own server. */
  folder?: string;
  /** Answers what the server asks of the person and the model; absent where nobody would. */
  asked?: Asked;
  onListChanged(kind: ListKind): void;
  onProblem(message: string): void;
}

/**
 * `legacy`: `initialize`, up to revision 2025-11-25. `auto`: asks first which revision the server speaks.
 * `modern`: only the newest, 2026-07-28.
 */
export type Era = "legacy" | "auto" | "modern";

/** After the last of several changes, in milliseconds. */
const DEBOUNCE_MS = 300;
/** How long a server gets to say which revision it speaks, in milliseconds. */
const PROBE_MS = 15_000;

/** A client for one connection. */
export function createClient(era: Era, handlers: ClientHandlers): Client {
  const client = new Client(
    { name: "devmcp", title: "devmcp", version: handlers.version },
    {
      capabilities: capabilitiesOf(handlers),
      listChanged: listChangedOf(handlers),
      ...era !== "legacy" && {
        versionNegotiation: {
          mode: era === "auto" ? "auto" : { pin: "2026-07-28" },
          probe: { timeoutMs: PROBE_MS },
        },
      },
    },
  );
  client.onerror = ({ message }) => handlers.onProblem(message);
  answer(client, handlers);
  return client;
}

function capabilitiesOf({ asked, folder }: ClientHandlers): ClientOptions["capabilities"] {
  return {
    ...folder !== undefined && { roots: {} },
    ...asked && { sampling: {}, elicitation: { form: { applyDefaults: true }, url: {} } },
  };
}

/** What changed is asked for again by whoever keeps the lists, within its bounds. */
function listChangedOf({ onListChanged }: ClientHandlers): ClientOptions["listChanged"] {
  const on = (kind: ListKind) => ({
    autoRefresh: false,
    debounceMs: DEBOUNCE_MS,
    onChanged: () => onListChanged(kind),
  });
  return { tools: on("tools"), prompts: on("prompts"), resources: on("resources") };
}

function answer(client: Client, { asked, folder }: ClientHandlers): void {
  if (folder !== undefined) answerRoots(client, folder);
  if (asked) answerQuestions(client, asked);
}

function answerRoots(client: Client, folder: string): void {
  client.setRequestHandler("roots/list", () => ({
    roots: [{ uri: pathToFileURL(folder).href, name: folder.split(/[/\\]/).at(-1) || folder }],
  }));
}

function answerQuestions(client: Client, asked: Asked): void {
  client.setRequestHandler(
    "sampling/createMessage",
    ({ params }, { mcpReq }) => asked.sample(params, mcpReq.signal),
  );
  client.setRequestHandler(
    "elicitation/create",
    ({ params }, { mcpReq }) => asked.elicit(params, mcpReq.signal),
  );
}
