import { AS_NAMED, type Labels } from "./labels.ts";
import { type Attributes, knownOnly } from "./request_attributes.ts";
import type { EventOf } from "./sink.ts";

/** What OpenTelemetry's conventions say of a call to a model, the same in metrics and traces. */
export function modelAttributes(
  { provider, model, errorType }: EventOf<"model">,
  labels: Labels = AS_NAMED,
): Attributes {
  return knownOnly({
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": labels.model(provider),
    "gen_ai.request.model": labels.model(model),
    "error.type": errorType,
  });
}
