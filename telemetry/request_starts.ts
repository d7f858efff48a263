import type { ServerEvent } from "../config/server_events.ts";
import type { RequestStarted } from "./sink.ts";

/** Requests under way at most; of the oldest beyond that only the end is told. */
const MOST = 16_384;

/** Finds the start of the request that an event is of; it is kept until the request has ended. */
export function createRequestStarts(): (event: ServerEvent) => RequestStarted | undefined {
  const open = new Map<string, RequestStarted>();
  return (event) => {
    if (event.type === "request_started") {
      open.set(event.requestId, event);
      if (open.size > MOST) open.delete(open.keys().next().value!);
      return event;
    }
    if (!("requestId" in event) || event.requestId === undefined) return;
    const start = open.get(event.requestId);
    if (event.type === "request_ended") open.delete(event.requestId);
    return start;
  };
}
