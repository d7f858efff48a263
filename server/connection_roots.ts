import {
  type ClientCapabilities,
  type InputRequest,
  inputRequired,
  inputResponse,
  type ServerContext,
} from "@modelcontextprotocol/server";
import type { Log } from "./log.ts";

/** How long a client may take to tell its roots, in milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * What the client of one connection says of its roots. Clients up to 2025-11-25 are asked once, and
 * again when they tell of a change; later ones with each call that needs to know, as part of it.
 */
export class ConnectionRoots {
  readonly #log: Log;
  #asked?: { by: AbortSignal; roots: Promise<string[] | null> };

  constructor(log: Log) {
    this.#log = log;
  }

  /** They have changed. */
  forget(): void {
    this.#asked = undefined;
  }

  /**
   * The roots' URIs; null where the client has some and does not tell them; a request where it must
   * be asked as part of the call.
   */
  async find(
    { mcpReq }: ServerContext,
    client: ClientCapabilities,
    known: string[] | null | undefined,
  ): Promise<string[] | null | InputRequest> {
    if (known !== undefined) return known;
    if (!client.roots) return [];
    if (mcpReq.envelope) return inputRequired.listRoots();
    return await this.#askOnce(mcpReq);
  }

  /** Calls at the same time share the question, until the one that asked is cancelled. */
  async #askOnce(request: ServerContext["mcpReq"]): Promise<string[] | null> {
    const { by, roots } = this.#asked ??= { by: request.signal, roots: this.#ask(request) };
    const found = await roots;
    const isLost = found === null && by.aborted && !request.signal.aborted;
    return isLost ? await this.#askOnce(request) : found;
  }

  async #ask(request: ServerContext["mcpReq"]): Promise<string[] | null> {
    try {
      const { roots } = await request.send({ method: "roots/list" }, { timeout: PATIENCE_MS });
      return roots.map(({ uri }) => uri);
    } catch {
      this.#log("warning", "the client does not tell its roots");
      this.forget();
      return null;
    }
  }
}

/** The roots' URIs that came back with a call; null where others or none came. */
export function readRoots(
  responses: Record<string, unknown> | undefined,
  key: string,
): string[] | null {
  const view = inputResponse(responses, key);
  if (view.kind !== "roots") return null;
  return view.roots.map(({ uri }) => uri).filter((uri) => typeof uri === "string");
}
