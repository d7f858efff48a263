import type { JSONRPCMessage, RequestId } from "@modelcontextprotocol/server";
import { isObject } from "../config/is_object.ts";
import { messageOf } from "../config/message_of.ts";

/** JSON-RPC's error codes that are answered before a message reaches the protocol. */
export const RPC_ERROR = { parse: -32700, invalidRequest: -32600, invalidParams: -32602 } as const;

/** Why a text is no message; `id` is null where none could be read. */
export interface Refusal {
  code: number;
  reason: string;
  id: RequestId | null;
  /** A notification gets no answer, not even to say that it is wrong. */
  silent?: boolean;
}

export type Parsed = { message: JSONRPCMessage } | { refusal: Refusal };

type Fields = Record<string, unknown>;

/**
 * Reads one JSON-RPC 2.0 message. Unknown members beside the known ones are dropped, as JSON-RPC
 * says nothing against them and the SDK would drop the whole message without an answer.
 */
export function parseMessage(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(RPC_ERROR.parse, `Cannot read the message: not JSON (${briefly(error)})`);
  }
  if (Array.isArray(value)) {
    return refuse(
      RPC_ERROR.invalidRequest,
      "Cannot take a batch: MCP has none; send each message by itself",
    );
  }
  if (!isObject(value)) {
    return refuse(RPC_ERROR.invalidRequest, "Cannot read the message: not a JSON object");
  }
  return parseFields(value);
}

function parseFields(fields: Fields): Parsed {
  const id = isId(fields.id) ? fields.id : null;
  const invalid = (reason: string) => refuse(RPC_ERROR.invalidRequest, reason, id);
  if (fields.jsonrpc !== "2.0") return invalid('Cannot read the message: `jsonrpc` is not "2.0"');
  if ("id" in fields && id === null) {
    return invalid("Cannot read the message: `id` is neither a string nor an integer");
  }
  if ("method" in fields) return parseCall(fields, id);
  if (id !== null && ("result" in fields || "error" in fields)) {
    return { message: fields as unknown as JSONRPCMessage };
  }
  return invalid("Cannot read the message: `method` is missing");
}

function parseCall({ method, params }: Fields, id: RequestId | null): Parsed {
  if (typeof method !== "string") {
    const reason = "Cannot read the message: `method` is not a string";
    return refuse(RPC_ERROR.invalidRequest, reason, id);
  }
  const silent = id === null;
  const wrong = wrongParams(params);
  if (wrong) {
    return refuse(RPC_ERROR.invalidParams, `Cannot call "${method}": ${wrong}`, id, silent);
  }
  const call = { jsonrpc: "2.0" as const, method, ...(params === undefined ? {} : { params }) };
  return { message: (silent ? call : { ...call, id }) as JSONRPCMessage };
}

/** What the SDK would drop in silence: parameters that are no object, and a malformed `_meta`. */
function wrongParams(params: unknown): string | undefined {
  if (params === undefined) return;
  if (!isObject(params)) return "`params` is not an object";
  const { _meta: meta } = params;
  if (meta === undefined) return;
  if (!isObject(meta)) return "`params._meta` is not an object";
  if (meta.progressToken !== undefined && !isId(meta.progressToken)) {
    return "`params._meta.progressToken` is neither a string nor an integer";
  }
}

function refuse(code: number, reason: string, id: RequestId | null = null, silent = false): Parsed {
  return { refusal: { code, reason, id, silent } };
}

function isId(value: unknown): value is RequestId {
  return typeof value === "string" || Number.isSafeInteger(value);
}

/** V8 quotes up to ten characters of the text; one line is enough here. */
function briefly(error: unknown): string {
  return messageOf(error).replace(/\s+/g, " ").slice(
    0,
    120,
  );
}
