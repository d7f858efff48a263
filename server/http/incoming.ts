import type { JSONRPCMessage, RequestId } from "@modelcontextprotocol/server";
import type { Principal } from "../caller.ts";
import type { Peer } from "./peer.ts";
import type { Seen } from "./seen.ts";

/** An HTTP request to `/mcp`, and who sends it over which connection. */
export interface Incoming {
  request: Request;
  principal: Principal;
  peer: Peer;
  seen: Seen;
}

/** One that brings a message. */
export interface IncomingMessage extends Incoming {
  message: JSONRPCMessage;
  /** Of the message where that is a request; else null. */
  id: RequestId | null;
}

/** The method of a request or notification. */
export function methodOf(message: JSONRPCMessage): string | undefined {
  return "method" in message ? message.method : undefined;
}

/** The id of a request; null for what wants no answer. */
export function requestIdOf(message: JSONRPCMessage): RequestId | null {
  return "method" in message && "id" in message ? message.id : null;
}
