import type { RequestId } from "@modelcontextprotocol/server";

/** JSON-RPC's code for what this server refuses for reasons of its own. */
export const REFUSED = -32_000;

export interface RpcErrorOptions {
  /** Of the request that is answered. @default null */
  id?: RequestId | null;
  data?: unknown;
  headers?: Record<string, string>;
}

/** An HTTP response that is a JSON-RPC error. */
export function rpcError(
  status: number,
  code: number,
  message: string,
  { id = null, data, headers }: RpcErrorOptions = {},
): Response {
  const error = data === undefined ? { code, message } : { code, message, data };
  return Response.json({ jsonrpc: "2.0", id, error }, { status, headers });
}
