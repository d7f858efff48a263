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
  return { reason: busy.reason, response: busyResponse(busy, id) };
}

/** 429: with when to come again. */
export function busyResponse(
  { message, reason, retryAfterSeconds }: BusyError,
  id: RequestId,
): Response {
  const headers = { "retry-after": String(Math.ceil(retryAfterSeconds)) };
  return rpcError(429, REFUSED, message, { id, data: { reason, retryAfterSeconds }, headers });
}
