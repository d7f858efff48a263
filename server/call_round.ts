import {
  type ClientCapabilities,
  type InputRequests,
  inputRequired,
  type InputRequiredResult,
  type Server,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { ToolError } from "../config/tool_error.ts";
import type { ToolEntry } from "../tools/mod.ts";
import type { Caller } from "./caller.ts";
import { clientCapabilities } from "./client_capabilities.ts";
import type { ConnectionRoots } from "./connection_roots.ts";
import type { McpServerOptions } from "./mcp_options.ts";
import type { CallState, RequestState } from "./request_state.ts";

/** How often one call may ask its client. */
export const MOST_ROUNDS = 8;

export interface CallHandlerOptions extends McpServerOptions {
  caller: Caller;
  server: Pick<Server, "getClientCapabilities">;
  roots: ConnectionRoots;
  state: RequestState;
}

/** One round of a call: a call that asks its client something is made again with the answer. */
export interface Round {
  tool: ToolEntry;
  args: Record<string, unknown>;
  ctx: ServerContext;
  client: ClientCapabilities;
  state: Partial<CallState>;
  options: CallHandlerOptions;
}

/** The round that a request is, with what the call has kept of those before. */
export function openRound(
  tool: ToolEntry,
  args: Record<string, unknown>,
  ctx: ServerContext,
  options: CallHandlerOptions,
): Round {
  const client = clientCapabilities(ctx, options.server);
  return { tool, args, ctx, client, state: stateOf(tool.name, ctx), options };
}

function stateOf(name: string, { mcpReq }: ServerContext): Partial<CallState> {
  const state = mcpReq.requestState<CallState>();
  return typeof state === "object" && state.tool === name ? state : {};
}

/**
 * Ends the round with questions to the client.
 *
 * @throws {ToolError} after too many
 */
export async function ask(
  { tool, ctx, state, options }: Round,
  asked: CallState["asked"],
  inputRequests: InputRequests,
): Promise<InputRequiredResult> {
  const rounds = (state.rounds ?? 0) + 1;
  if (rounds > MOST_ROUNDS) throw tooManyRounds(tool.name);
  const next = { ...state, tool: tool.name, rounds, asked };
  return inputRequired({ inputRequests, requestState: await options.state.mint(next, ctx) });
}

function tooManyRounds(name: string): ToolError {
  return new ToolError(`Cannot finish "${name}": it asked ${MOST_ROUNDS} times`, {
    hint: "give it less to do at once",
  });
}
