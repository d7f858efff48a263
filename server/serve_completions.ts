import type { CompleteRequest, CompleteResult, Server } from "@modelcontextprotocol/server";
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
    return answerOf(await valuesFor(params, completed) ?? []);
  });
}

function valuesFor(
  { ref, argument }: CompleteRequest["params"],
  { prompts, resources, caller }: Completed,
): Promise<string[]> | undefined {
  const { name, value } = argument;
  return ref.type === "ref/prompt"
    ? prompts?.complete(ref.name, name, value)
    : resources?.complete(ref.uri, name, value, caller);
}

function answerOf(all: string[]): CompleteResult {
  const values = all.slice(0, MOST_VALUES);
  return { completion: { values, total: all.length, hasMore: all.length > values.length } };
}
