import type { JSONRPCMessage, RequestId } from "@modelcontextprotocol/server";
import { isObject } from "../../config/is_object.ts";
import type { BusyError, CallGate } from "../call_gate.ts";
import type { Principal } from "../caller.ts";
import { REFUSED, rpcError } from "./rpc_error.ts";

/** A call that is refused before anything is made for it, where the gate would not take it now. */
export function refuseCall(
  message: JSONRPCMessage,
  id: RequestId,
  principal: Principal,
  gate: CallGate,
): { response: Response; reason: BusyError["reason"] } | undefined {
  if (!("method" in message) || message.method !== "tools/call") return;
  const { name, arguments: args } = message.params ?? {};
  const lane = gate.laneOf(typeof name === "string" ? name : "", isObject(args) ? args : undefined);
  const busy = gate.refusal(principal, lane);
  if (!busy) return;
  const { retryAfterSeconds, reason } = busy;
  const headers = { "retry-after": String(Math.ceil(retryAfterSeconds)) };
  const data = { retryAfterSeconds };
  return { reason, response: rpcError(429, REFUSED, busy.message, { id, data, headers }) };
}
