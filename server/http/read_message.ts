import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { atMost } from "../../config/at_most.ts";
import { parseMessage } from "../parse_message.ts";
import { joinBytes } from "../../config/join_bytes.ts";
import { REFUSED, rpcError } from "./rpc_error.ts";

export interface BodyLimits {
  maxBytes: number;
  /** Until the whole body is there. */
  deadlineMs: number;
}

/** The one JSON-RPC message of a request's body, or the response that says why it is none. */
export async function readMessage(
  request: Request,
  limits: BodyLimits,
): Promise<JSONRPCMessage | Response> {
  const body = await readBody(request, limits);
  if (body instanceof Response) return body;
  const text = decode(body);
  if (text === undefined) return rpcError(400, -32_700, "Cannot read the message: not UTF-8");
  const parsed = parseMessage(text);
  if ("message" in parsed) return parsed.message;
  const { code, reason, id } = parsed.refusal;
  return rpcError(400, code, reason, { id });
}

/** The bytes of a request's body; a response with 413 or 408 where they are too many or too late. */
async function readBody(
  request: Request,
  { maxBytes, deadlineMs }: BodyLimits,
): Promise<Uint8Array | Response> {
  try {
    const found = await atMost(deadlineMs, collect(request, maxBytes));
    if (!found) return refuse(408, "not there in time");
    return found === TOO_LARGE ? refuse(413, `larger than ${maxBytes} bytes`) : found;
  } catch {
    return refuse(400, "it broke off");
  }
}

function refuse(status: number, why: string): Response {
  const headers = { connection: "close" };
  return rpcError(status, REFUSED, `Cannot read the body: ${why}`, { headers });
}

const TOO_LARGE = "too large";

/**
 * {@link TOO_LARGE} when there are more than `maxBytes`; of those no more is kept, and the rest can
 * still be read. What comes too late ends with the connection, which the answer closes.
 */
async function collect(request: Request, maxBytes: number): Promise<Uint8Array | typeof TOO_LARGE> {
  const length = request.headers.get("content-length");
  if (Number(length) > maxBytes) return TOO_LARGE;
  if (length !== null) return new Uint8Array(await request.arrayBuffer());
  if (!request.body) return new Uint8Array();
  return await collectChunks(request.body, maxBytes);
}

async function collectChunks(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array | typeof TOO_LARGE> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body.values({ preventCancel: true })) {
    size += chunk.length;
    if (size > maxBytes) return TOO_LARGE;
    chunks.push(chunk);
  }
  return joinBytes(chunks);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
