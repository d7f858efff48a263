import { type Attributes, knownOnly } from "./request_attributes.ts";
import type { EventOf } from "./sink.ts";

/** What OpenTelemetry's conventions say of a call to a model, the same in metrics and traces. */
export function modelAttributes(
  { provider, model, errorType }: EventOf<"model">,
  label: (value: string) => string = (value) => value,
): Attributes {
  return knownOnly({
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": label(provider),
    "gen_ai.request.model": label(model),
    "error.type": errorType,
  });
}
