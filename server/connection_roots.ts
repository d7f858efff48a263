import {
  type ClientCapabilities,
  type InputRequest,
  inputRequired,
  inputResponse,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { messageOf } from "../config/message_of.ts";
import type { Log } from "./log.ts";

/** A client that says nothing for so long has no roots, in milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * What the client of one connection says of its roots. Clients up to 2025-11-25 are asked once, and
 * again when they tell of a change; later ones with each call that needs to know, as part of it.
 */
export class ConnectionRoots {
  readonly #log: Log;
  #asked?: Promise<string[]>;

  constructor(log: Log) {
    this.#log = log;
  }

  /** They have changed. */
  forget(): void {
    this.#asked = undefined;
  }

  /** The roots' URIs; a request where the client must be asked as part of the call. */
  async find(
    { mcpReq }: ServerContext,
    client: ClientCapabilities,
    known: string[] | undefined,
  ): Promise<string[] | InputRequest> {
    if (known) return known;
    if (!client.roots) return [];
    if (mcpReq.envelope) return inputRequired.listRoots();
    return await (this.#asked ??= this.#ask(mcpReq));
  }

  async #ask(request: ServerContext["mcpReq"]): Promise<string[]> {
    try {
      const { roots } = await request.send({ method: "roots/list" }, { timeout: PATIENCE_MS });
      return roots.map(({ uri }) => uri);
    } catch (error) {
      this.#log("warning", `the client does not tell its roots: ${messageOf(error)}`);
      if (request.signal.aborted) this.forget();
      return [];
    }
  }
}

/** The roots' URIs that came back with a call. */
export function readRoots(
  responses: Record<string, unknown> | undefined,
  key: string,
): string[] {
  const view = inputResponse(responses, key);
  if (view.kind !== "roots") return [];
  return view.roots.map(({ uri }) => uri).filter((uri) => typeof uri === "string");
}
