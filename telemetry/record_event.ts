import type { Instruments } from "./instruments.ts";
import { createLabels, httpMethod, type Labels } from "./labels.ts";
import { modelAttributes } from "./model_attributes.ts";
import {
  type Attributes,
  endAttributes,
  knownOnly,
  networkTransport,
  requestAttributes,
} from "./request_attributes.ts";
import type { EventOf, Sink } from "./sink.ts";

/** Of tools and prompts, of models, and of versions of the protocol. */
const MOST_NAMES = 256;

/** Records each event in the instruments. Who called is never a label, nor what was read. */
export function recordEvent(to: Instruments): Sink {
  const labels = createLabels(MOST_NAMES);
  return (event, request) => {
    switch (event.type) {
      case "request_started":
        return to.requests.add(1);
      case "request_ended": {
        to.requests.add(-1);
        const named = { ...event, target: event.target ?? request?.target };
        const attributes = { ...requestAttributes(named, labels), ...endAttributes(event) };
        return to.operation.record(event.durationMs / 1000, attributes);
      }
      case "session_opened":
        return to.sessions.add(1);
      case "session_closed":
        return recordSession(to, event, labels);
      case "http":
        return to.http.record(event.durationMs / 1000, ofHttp(event));
      case "model":
        return recordModel(to, event, modelAttributes(event, labels));
      case "refused":
        return to.refused.add(1, { reason: event.reason });
    }
  };
}

function recordSession(
  to: Instruments,
  { transport, protocolVersion, durationMs = 0 }: EventOf<"session_opened" | "session_closed">,
  labels: Labels,
): void {
  to.sessions.add(-1);
  to.session.record(
    durationMs / 1000,
    knownOnly({
      "mcp.protocol.version": protocolVersion && labels.version(protocolVersion),
      "network.transport": networkTransport(transport),
      "network.protocol.name": transport === "http" ? "http" : undefined,
    }),
  );
}

function ofHttp({ method, route, status }: EventOf<"http">): Attributes {
  return {
    "http.request.method": httpMethod(method),
    "http.route": route,
    "http.response.status_code": status,
  };
}

function recordModel(
  to: Instruments,
  { durationMs, inputTokens, outputTokens }: EventOf<"model">,
  attributes: Attributes,
): void {
  to.model.record(durationMs / 1000, attributes);
  const tokens = { input: inputTokens, output: outputTokens };
  for (const [type, count] of Object.entries(tokens)) {
    if (count !== undefined) to.tokens.record(count, { ...attributes, "gen_ai.token.type": type });
  }
}
