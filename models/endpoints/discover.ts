import type { Endpoint } from "./endpoint.ts";
import { type ListedModel, listModels } from "../ollama/list_models.ts";

/** A server of models that runs on this machine. */
export interface FoundServer {
  url: string;
  kind: Endpoint["kind"];
  models: ListedModel[];
}

/** A port of this machine where a server of models may be. */
export interface Candidate {
  port: number;
  /** What it may be; the first that answers counts. */
  kinds: Endpoint["kind"][];
  /** How long it may take to say what it is, once it took the connection. */
  patienceMs: number;
}

/** Ports that only such servers use get more time: one that is writing may be slow to answer. */
const OWN_PORT_MS = 1000;
/** Whatever else may be there, it must not hold up those who need no model. */
const SHARED_PORT_MS = 100;
const CONNECT_MS = 100;

/** The usual places, the preferred ones first. */
const CANDIDATES: Candidate[] = [
  { port: 11434, kinds: ["ollama"], patienceMs: OWN_PORT_MS },
  { port: 1234, kinds: ["openai"], patienceMs: OWN_PORT_MS },
  { port: 8080, kinds: ["openai"], patienceMs: SHARED_PORT_MS },
  { port: 8000, kinds: ["openai", "local_chat"], patienceMs: SHARED_PORT_MS },
  { port: 8001, kinds: ["openai", "local_chat"], patienceMs: SHARED_PORT_MS },
  { port: 8002, kinds: ["local_chat"], patienceMs: SHARED_PORT_MS },
];

export interface DiscoverOptions {
  /** @default the ports of Ollama, LM Studio, llama.cpp, vLLM and local_models */
  candidates?: Candidate[];
  /** @default globalThis.fetch */
  fetch?: typeof fetch;
}

/**
 * The servers of models that run on this machine, in the order of the candidates. Nothing but 127.0.0.1
 * is asked, all ports at once; where nobody listens it takes a few milliseconds.
 */
export async function discover(options: DiscoverOptions = {}): Promise<FoundServer[]> {
  const { candidates = CANDIDATES, fetch } = options;
  const found = await Promise.all(candidates.map((candidate) => identify(candidate, fetch)));
  return found.filter((server) => server !== undefined);
}

async function identify(
  { port, kinds, patienceMs }: Candidate,
  fetch: DiscoverOptions["fetch"],
): Promise<FoundServer | undefined> {
  if (!await isListening(port)) return undefined;
  const asked = kinds.map((kind) => ask(port, kind, patienceMs, fetch));
  return (await Promise.all(asked)).find((server) => server !== undefined);
}

/** A refused connection is told at once on most systems; others try for two seconds. */
async function isListening(port: number): Promise<boolean> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), CONNECT_MS);
  try {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port, signal: stop.signal });
    connection.close();
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function ask(
  port: number,
  kind: Endpoint["kind"],
  timeoutMs: number,
  fetch: DiscoverOptions["fetch"],
): Promise<FoundServer | undefined> {
  const url = `http://127.0.0.1:${port}${kind === "openai" ? "/v1" : ""}`;
  try {
    const models = await listModels({ url, kind, timeoutMs, fetch });
    // `/health` with a status is common: only a model makes it the one that is sought.
    return kind === "local_chat" && models.length === 0 ? undefined : { url, kind, models };
  } catch {
    return undefined;
  }
}
