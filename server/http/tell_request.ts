import type { Emit, RefusalReason } from "../../config/server_events.ts";
import { ownId } from "../own_id.ts";
import type { Peer } from "./peer.ts";
import type { Seen } from "./seen.ts";

export interface AnsweredRequest {
  request: Request;
  peer: Peer;
  seen: Seen;
  response: Response;
  /** By `performance.now()`. */
  started: number;
}

/** What a status alone says. */
const REASONS = new Map<number, RefusalReason>([
  [400, "message"],
  [403, "forbidden"],
  [406, "message"],
  [408, "deadline"],
  [413, "size"],
  [415, "message"],
  [429, "busy"],
]);

/** Tells of a request that has been answered, and of its refusal where that is what it got. */
export function tellRequest(
  emit: Emit,
  { request, peer, seen, response: { status }, started }: AnsweredRequest,
): void {
  const { route, principal, shownKey } = seen;
  const of = { requestId: ownId(request), client: peer.address, status, principal };
  const reason = seen.refused ?? REASONS.get(status);
  if (reason) emit({ type: "refused", transport: "http", reason, shownKey, ...of });
  const durationMs = performance.now() - started;
  emit({ type: "http", method: request.method, route, durationMs, ...of });
}
