import { ModelError } from "../models/model_error.ts";
import type { ToolContext } from "./tool.ts";

function missing(name: string): () => never {
  return () => {
    throw new Error(`the test's context has no ${name}`);
  };
}

/** A {@link ToolContext} for tests, without a model; whatever a test needs beyond that it gives. */
export function fakeContext(values: Partial<ToolContext> = {}): ToolContext {
  return {
    signal: new AbortController().signal,
    progress: () => {},
    log: () => {},
    engines: {
      ruff: missing("ruff"),
      python: missing("python"),
      engine: missing("engine"),
      renew: missing("renew"),
    },
    workspace: {} as ToolContext["workspace"],
    models: { get: () => Promise.reject(new ModelError("none", "Cannot find a model")) },
    prompts: { load: missing("prompts") },
    cache: { get: () => Promise.resolve(undefined), set: () => Promise.resolve() },
    ...values,
  };
}
