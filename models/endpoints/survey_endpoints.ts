import type { BackendOptions } from "../chat_model.ts";
import type { Endpoint } from "./endpoint.ts";
import { type ListedModel, listModels } from "../ollama/list_models.ts";
import { ModelError } from "../model_error.ts";

/** A configured endpoint, and what it says it has. */
export type Surveyed =
  | { endpoint: Endpoint; models: ListedModel[] }
  | { endpoint: Endpoint; error: ModelError };

/** Once an endpoint has answered, the others get this long to do so too. */
const GRACE_MS = 250;
/** The one model of a local_models service that does not say its name. */
const UNNAMED = "local_models";

/**
 * Asks configured endpoints what they have, all at once. A slow one does not hold up the others.
 *
 * @param options.timeoutMs after which an endpoint has failed
 */
export async function surveyEndpoints(
  endpoints: readonly Endpoint[],
  options: Pick<BackendOptions, "timeoutMs" | "apiKey" | "fetch">,
): Promise<Surveyed[]> {
  const late = new AbortController();
  const surveys = endpoints.map((endpoint) => survey(endpoint, options, late.signal));
  const all = Promise.all(surveys);
  await Promise.race([all, Promise.any(surveys.map(toAnswer)).catch(() => all)]);
  const timer = setTimeout(() => late.abort(), GRACE_MS);
  return await all.finally(() => clearTimeout(timer));
}

async function survey(
  endpoint: Endpoint,
  options: Pick<BackendOptions, "timeoutMs" | "apiKey" | "fetch">,
  signal: AbortSignal,
): Promise<Surveyed> {
  const { url, kind } = endpoint;
  try {
    const models = await listModels({ ...options, url, kind }, { signal });
    const isUnnamed = kind === "local_chat" && models.length === 0;
    return { endpoint, models: isUnnamed ? [{ name: UNNAMED }] : models };
  } catch (error) {
    // A local_models service needs no /health to answer.
    const fault = error instanceof ModelError ? error.fault : undefined;
    if (kind === "local_chat" && fault === "protocol") {
      return { endpoint, models: [{ name: UNNAMED }] };
    }
    return { endpoint, error: toModelError(error, endpoint, signal) };
  }
}

function toModelError(error: unknown, { shown }: Endpoint, signal: AbortSignal): ModelError {
  if (error instanceof ModelError) return error;
  if (!signal.aborted) throw error;
  return new ModelError("timeout", `Cannot list the models at ${shown}: no answer in time`, {
    cause: error,
  });
}

/** Rejected when the endpoint failed. */
async function toAnswer(survey: Promise<Surveyed>): Promise<void> {
  const surveyed = await survey;
  if ("error" in surveyed) throw surveyed.error;
}
