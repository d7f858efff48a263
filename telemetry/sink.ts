import type { ServerEvent } from "../config/server_events.ts";

/** An event of one kind. */
export type EventOf<Type extends ServerEvent["type"]> = Extract<ServerEvent, { type: Type }>;

export type RequestStarted = EventOf<"request_started">;
export type RequestEnded = EventOf<"request_ended">;

/** Takes each event, with the start of the request that it is of, where that is known. */
export type Sink = (event: ServerEvent, request?: RequestStarted) => void;
