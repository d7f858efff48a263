import type { CallToolResult } from "@modelcontextprotocol/server";
import { missingArguments, readArguments } from "./ask_missing.ts";
import { readAnswer } from "./ask_model.ts";
import { toFailure } from "./call_result.ts";
import type { Round } from "./call_round.ts";
import { readRoots } from "./connection_roots.ts";

/** Adds to the round what the client answered; a result where it refused. */
export async function takeAnswers(round: Round): Promise<CallToolResult | undefined> {
  const { tool, state, args, options, ctx: { mcpReq } } = round;
  const responses = mcpReq.inputResponses;
  if (state.asked === "roots") state.roots = readRoots(responses, "roots");
  if (state.asked === "model" && state.question !== undefined) {
    const answer = readAnswer(responses, "model");
    if (answer === undefined) return toFailure(`Cannot finish "${tool.name}": no model answered`);
    state.answers = { ...state.answers, [state.question]: answer };
  }
  if (state.asked === "arguments") {
    const { input } = (await options.schemas())[tool.name]!;
    const names = missingArguments(input, args);
    const answer = readArguments(responses, "arguments", names);
    if ("refused" in answer) return refusedArguments(tool.name, names, answer.refused);
    state.filled = answer.filled;
  }
  round.args = { ...state.filled, ...args };
}

function refusedArguments(tool: string, names: string[], how: string): CallToolResult {
  const list = names.map((name) => `\`${name}\``).join(", ");
  return toFailure(
    `Cannot call "${tool}": ${list} missing, and the person ${how} to give it`,
    "call again with it, or do without the tool",
  );
}
