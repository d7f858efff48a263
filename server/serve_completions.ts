import {
  type CompleteRequest,
  type CompleteResult,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
} from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";
import type { PromptCatalog } from "./prompt_catalog.ts";
import type { Resources } from "./resources.ts";

/** Of one answer, as the specification has it. */
const MOST_VALUES = 100;

interface Completed {
  prompts?: PromptCatalog;
  resources?: Resources;
  caller: Caller;
}

/** Answers `completion/complete`, for arguments of prompts and of resource templates. */
export function serveCompletions(server: Server, completed: Completed): void {
  server.setRequestHandler("completion/complete", async ({ params }) => {
    return answerOf(await valuesFor(params, completed) ?? refuseUnknown(params));
  });
}

function valuesFor(
  { ref, argument }: CompleteRequest["params"],
  { prompts, resources, caller }: Completed,
): Promise<string[] | undefined> | undefined {
  const { name, value } = argument;
  return ref.type === "ref/prompt"
    ? prompts?.complete(ref.name, name, value)
    : resources?.complete(ref.uri, name, value, caller);
}

function refuseUnknown({ ref, argument }: CompleteRequest["params"]): never {
  const [kind, name] = ref.type === "ref/prompt"
    ? ["prompt", ref.name]
    : ["resource template", ref.uri];
  const [shown, argumentShown] = [name, argument.name].map((text) =>
    JSON.stringify(text.slice(0, 64))
  );
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Cannot complete ${argumentShown}: no such argument of a ${kind} ${shown}`,
  );
}

function answerOf(all: string[]): CompleteResult {
  const values = all.slice(0, MOST_VALUES);
  return { completion: { values, total: all.length, hasMore: all.length > values.length } };
}
