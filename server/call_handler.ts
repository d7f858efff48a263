import {
  type CallToolRequest,
  type CallToolResult,
  type InputRequest,
  type InputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { suggestion } from "../config/nearest.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ToolEntry } from "../tools/mod.ts";
import { mayCall, scopeFor, seenTools } from "./access/scope_for.ts";
import { askArguments, canShowForms, missingArguments } from "./ask_missing.ts";
import { askModel, hasRoom } from "./ask_model.ts";
import { toFailure } from "./call_result.ts";
import { ask, type CallHandlerOptions, openRound, type Round } from "./call_round.ts";
import type { CallOutcome, ModelQuestion } from "./call_tool.ts";
import type { Caller } from "./caller.ts";
import { boundedRoots, chooseRoot } from "./client_roots.ts";
import { errorTrace } from "./error_trace.ts";
import { finishResult } from "./finish_result.ts";
import { runCall } from "./run_call.ts";
import { takeAnswers } from "./take_answers.ts";

type Answer = CallToolResult | InputRequiredResult;

/** Answers `tools/call`. */
export async function answerCall(
  { name, arguments: args = {} }: CallToolRequest["params"],
  ctx: ServerContext,
  options: CallHandlerOptions,
): Promise<Answer> {
  const tool = findTool(name, seenTools(options));
  refuseBeyondScope(tool, options.caller);
  const round = openRound(tool, args, ctx, options);
  try {
    return await takeAnswers(round) ?? await askFirst(round) ?? await run(round);
  } catch (error) {
    if (error instanceof ToolError) return toFailure(error.message, error.hint);
    throw error;
  }
}

function findTool(name: string, tools: ToolEntry[]): ToolEntry {
  const tool = tools.find((entry) => entry.name === name);
  if (tool) return tool;
  const names = tools.map((entry) => entry.name);
  const shown = JSON.stringify(name.slice(0, 64));
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Cannot call ${shown}: no such tool${suggestion(name, names)}; there are ${names.join(", ")}`,
  );
}

function refuseBeyondScope(tool: ToolEntry, { principal }: Caller): void {
  if (mayCall(principal, tool)) return;
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Cannot call "${tool.name}": it needs the scope "${scopeFor(tool)}"`,
  );
}

/** Asks for what is known to be missing before the tool runs. */
async function askFirst(round: Round): Promise<Answer | undefined> {
  const { tool, args, client, state, options } = round;
  if (!canShowForms(client) || state.filled) return;
  const { input } = (await options.schemas())[tool.name]!;
  const names = missingArguments(input, args);
  const form = names.length > 0 && askArguments(tool.title, input, names);
  if (form) return await ask(round, "arguments", { arguments: form });
}

async function run(round: Round): Promise<Answer> {
  const roots = await findRoots(round);
  if (!Array.isArray(roots)) return await ask(round, "roots", { roots });
  const outcome = await runCall(round, chooseRoot(roots, round.args.path));
  return await finish(round, outcome);
}

/** Asks for the client's roots only where a call names a file. */
async function findRoots(
  { args, ctx, client, state, options }: Round,
): Promise<string[] | InputRequest> {
  const { workspace, roots, log } = options;
  if (!workspace || args.path === undefined) return [];
  const found = await roots.find(ctx, client, state.roots);
  const mustAsk = found !== null && !Array.isArray(found);
  return mustAsk ? found : await boundedRoots(found, workspace, log);
}

async function finish(round: Round, outcome: CallOutcome): Promise<Answer> {
  const { tool, ctx, state, options } = round;
  if ("asks" in outcome) {
    state.own = outcome.state;
    return await ask(round, "other", outcome.asks);
  }
  if ("needs" in outcome && outcome.needs) return await askClientModel(round, outcome.needs);
  if ("detail" in outcome && outcome.detail) options.log("debug", errorTrace(outcome.detail));
  if (ctx.mcpReq.signal.aborted) throw ctx.mcpReq.signal.reason;
  return finishResult(tool.name, outcome, options);
}

async function askClientModel(round: Round, needs: ModelQuestion): Promise<Answer> {
  const { state, tool } = round;
  if (!hasRoom(needs, state.answers ?? {})) {
    throw new ToolError(`Cannot finish "${tool.name}": it asks for more than the client takes`, {
      hint: "give it less to do at once",
    });
  }
  state.question = needs.key;
  return await ask(round, "model", { model: askModel(needs) });
}
