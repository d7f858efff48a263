import { isJsonContentType } from "@modelcontextprotocol/server";
import { REFUSED, rpcError } from "./rpc_error.ts";

const TAKES_JSON = /application\/json|application\/\*|\*\/\*/i;

/**
 * 406 or 415 for a POST of which the client does not say that it sends and takes JSON; undefined
 * where all is well. That clients up to 2025-11-25 take streams too is for the SDK to check.
 */
export function checkMedia({ headers }: Request): Response | undefined {
  const accept = headers.get("accept");
  if (accept !== null && !TAKES_JSON.test(accept)) {
    return rpcError(406, REFUSED, "Cannot answer: the client does not accept application/json");
  }
  if (isJsonContentType(headers.get("content-type"))) return;
  const text = "Cannot read the message: its Content-Type is not application/json";
  return rpcError(415, REFUSED, text);
}
