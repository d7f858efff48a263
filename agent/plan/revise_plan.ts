import type { PlanStep } from "../../sessions/session.ts";
import { abridge } from "../../models/context/abridge.ts";
import { oneLine } from "../../config/one_line.ts";
import { askPlan } from "./ask_plan.ts";
import { MAX_SHOWN, scoreTools } from "./choose_tools.ts";
import { readMessage } from "../understand/read_message.ts";
import { reasonIn } from "./refusal_problem.ts";
import { replanRefused } from "./replan_refused.ts";
import type { ToolInfo, ToolResult } from "../execute/toolbox.ts";
import type { TurnState } from "../turn_state.ts";

/** Without a server's own words: it may be the model that failed. */
const HOPELESS = /\bmodel\b|no server runs|timed? ?out|cannot be reached|not allowed|refused/i;

/**
 * Steps in place of those that needed a failed one. Our own tools have no other way to do what they do;
 * where another server's tool may do the same, or the person refused a call and said why, the chat
 * model plans anew, once.
 *
 * @param rest the steps that cannot run now
 * @returns undefined when there is no other way
 */
export async function revisePlan(
  rest: PlanStep[],
  failed: PlanStep,
  problem: string,
  state: TurnState,
  results: ReadonlyMap<string, ToolResult>,
): Promise<PlanStep[] | undefined> {
  const call = state.turn.calls.findLast(({ step }) => step === failed.id);
  const reason = call?.status === "refused" ? reasonIn(problem) : undefined;
  if (reason !== undefined) {
    return await replanRefused({ step: failed, reason, rest, results }, state);
  }
  const tools = state.world.toolbox.list();
  const others = alternatives(failed, tools, state);
  const { intent } = state.turn;
  if (others.length === 0 || !intent || HOPELESS.test(problem.slice(0, 2_000))) return undefined;
  const message = readMessage(state.input);
  const note = noteOn(failed, problem, results);
  const kept = tools.filter(({ name }) => rest.some(({ tool }) => tool === name));
  const shown = [...new Set([...kept, ...others])].slice(0, MAX_SHOWN);
  const rough = await askPlan({ message, intent, tools: shown, note }, state);
  const steps = renumber(rough, state);
  const isSame = steps.every(({ tool }) => tool === failed.tool);
  return steps.length === 0 || isSame ? undefined : steps;
}

/** Tools that might do what the failed one did not. */
function alternatives(failed: PlanStep, tools: ToolInfo[], state: TurnState): ToolInfo[] {
  const server = tools.find(({ name }) => name === failed.tool)?.server;
  if (server === "devmcp") return [];
  return scoreTools(`${state.input} ${failed.purpose}`, tools)
    .filter(({ tool: { name, server }, score }) =>
      score > 0 && name !== failed.tool && server !== "devmcp"
    ).slice(0, MAX_SHOWN).map(({ tool }) => tool);
}

function noteOn(
  failed: PlanStep,
  problem: string,
  results: ReadonlyMap<string, ToolResult>,
): string {
  const done = [...results.keys()].join(", ") || "nothing";
  return `The step ${failed.id} (${oneLine(failed.tool, 100)}) failed, it said: ` +
    `${
      JSON.stringify(abridge(problem, 600))
    }. Done already: ${done}. Plan what is still to be done, another way.`;
}

/** Ids that no step of the turn has yet. */
function renumber(
  rough: { id: string; tool: string; purpose: string; needs: string[] }[],
  { turn }: TurnState,
): PlanStep[] {
  const last = Math.max(0, ...turn.plan.map(({ id }) => Number(/^step(\d+)$/.exec(id)?.[1] ?? 0)));
  const anew = (id: string) => id.replace(/\d+$/, (digits) => String(Number(digits) + last));
  return rough.map(({ id, tool, purpose, needs }) => ({
    id: anew(id),
    tool,
    purpose: oneLine(purpose, 200) || tool,
    arguments: {},
    needs: needs.map(anew),
  }));
}
