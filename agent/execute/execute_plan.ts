import { abortable } from "../../config/abortable.ts";
import type { PlanStep } from "../../sessions/session.ts";
import { addNotice } from "../add_notice.ts";
import { fingerprint } from "./approve.ts";
import { keepOutcome, type PlanRun, problemOf, runStep, type StepOutcome } from "./run_step.ts";
import type { TurnParts } from "../turn_parts.ts";
import { BudgetError, type TurnState } from "../turn_state.ts";

/** Steps that run at the same time. */
const MOST_AT_ONCE = 4;

interface Execution extends PlanRun {
  /** Not yet begun. */
  waiting: PlanStep[];
  running: Map<string, Promise<StepOutcome>>;
  ended: StepOutcome[];
  /** A plan is revised once at most. */
  mayRevise: boolean;
}

/**
 * Runs the turn's plan: what does not depend on each other at the same time, and the rest of it
 * revised once where a step fails. A step whose needs fail is skipped; the others go on.
 *
 * @returns what became of each step, in the order of the plan; nothing is thrown
 */
export async function executePlan(
  state: TurnState,
  parts: Pick<TurnParts, "fillArguments" | "revisePlan">,
): Promise<StepOutcome[]> {
  const execution = begin(state, parts);
  for (;;) {
    startReady(execution);
    if (execution.running.size === 0) break;
    const outcome = await Promise.race(execution.running.values());
    execution.running.delete(outcome.step.id);
    execution.ended.push(outcome);
    if (outcome.result) execution.results.set(outcome.step.id, outcome.result);
    else await revise(outcome, execution);
  }
  for (const step of execution.waiting) skip(step, whyNotBegun(state), execution);
  return inOrder(execution);
}

function begin(state: TurnState, parts: Execution["parts"]): Execution {
  const tools = state.world.toolbox.list();
  return {
    state,
    parts,
    results: new Map(),
    made: new Map(),
    known: new Map(tools.map((tool) => [tool.name, fingerprint(tool)])),
    waiting: withinBudget(state.turn.plan, 0, state),
    running: new Map(),
    ended: [],
    mayRevise: true,
  };
}

/** A plan that is too long ends early rather than not at all. */
function withinBudget(plan: PlanStep[], begun: number, state: TurnState): PlanStep[] {
  const { maxSteps } = state.world.settings;
  const room = Math.max(0, maxSteps - begun);
  if (plan.length > room) {
    addNotice(`The plan was cut after ${maxSteps} steps (planning.max_steps)`, state);
  }
  return plan.slice(0, room);
}

function startReady(execution: Execution): void {
  const { waiting, running, results, state } = execution;
  skipHopeless(execution);
  if (state.signal.aborted) return;
  const isReady = ({ needs }: PlanStep) => needs.every((need) => results.has(need));
  const ready = waiting.filter(isReady).slice(0, MOST_AT_ONCE - running.size);
  execution.waiting = execution.waiting.filter((step) => !ready.includes(step));
  for (const step of ready) running.set(step.id, runStep(step, execution));
}

/** Steps whose needs will never be met, and those that need these. */
function skipHopeless(execution: Execution): void {
  const { running, results } = execution;
  for (let found: PlanStep | undefined, need: string | undefined;;) {
    const isPossible = (id: string) =>
      results.has(id) || running.has(id) || execution.waiting.some((step) => step.id === id);
    found = execution.waiting.find((step) => need = step.needs.find((id) => !isPossible(id)));
    if (!found) return;
    execution.waiting = execution.waiting.filter((step) => step !== found);
    skip(found, `it needs ${need}, which gave no result`, execution);
  }
}

function skip(step: PlanStep, why: string, execution: Execution): void {
  const text = `Skipped: ${why}`;
  const end = { status: "skipped", text, arguments: {}, wasCalled: false, ms: 0 } as const;
  execution.ended.push(keepOutcome({ step, ...end }, execution));
}

function whyNotBegun({ signal }: TurnState): string {
  if (!signal.aborted) return "its steps wait for each other";
  return signal.reason instanceof BudgetError ? "the turn's time was over" : "the turn was stopped";
}

/** Has other steps made for those that wait for a failed one, or for one refused with a reason. */
async function revise(outcome: StepOutcome, execution: Execution): Promise<void> {
  const { state, parts, results } = execution;
  const rest = dependentsOf(outcome.step, execution.waiting);
  const problem = problemOf(outcome);
  const isWorthIt = rest.length > 0 || outcome.status === "refused";
  if (problem === undefined || !isWorthIt) return;
  if (!execution.mayRevise || state.signal.aborted) return;
  execution.mayRevise = false;
  state.world.emit({ type: "status", text: "Revising the plan" });
  const { step } = outcome;
  const steps = await abortable(
    () => parts.revisePlan(rest, step, problem, state, results),
    state.signal,
  ).catch(() => undefined); // then it goes on with what there is
  if (!steps || steps.length === 0) return;
  replace(outcome, rest, steps, execution);
}

function dependentsOf(step: PlanStep, waiting: PlanStep[]): PlanStep[] {
  const ids = new Set([step.id]);
  for (let size = 0; size !== ids.size;) {
    size = ids.size;
    for (const { id, needs } of waiting) if (needs.some((need) => ids.has(need))) ids.add(id);
  }
  return waiting.filter(({ id }) => ids.has(id));
}

function replace(
  outcome: StepOutcome,
  rest: PlanStep[],
  steps: PlanStep[],
  execution: Execution,
): void {
  const { state, ended, running } = execution;
  const { turn, world } = state;
  const begun = [...ended.map(({ step }) => step.id), ...running.keys()];
  const others = execution.waiting.filter((step) => !rest.includes(step));
  const taken = new Set([...begun, ...others.map(({ id }) => id)]);
  if (steps.some(({ id }) => taken.has(id))) return;
  const room = begun.length + others.length;
  const fitting = withinBudget(steps, room, state);
  execution.waiting = [...others, ...fitting];
  outcome.isReplaced = true;
  turn.plan = [...turn.plan.filter((step) => !rest.includes(step)), ...fitting];
  world.emit({ type: "plan", steps: turn.plan, revised: true });
}

function inOrder({ ended, state }: Execution): StepOutcome[] {
  const place = new Map(state.turn.plan.map(({ id }, index) => [id, index]));
  const placeOf = ({ step }: StepOutcome) => place.get(step.id) ?? Infinity;
  return ended.toSorted((a, b) => placeOf(a) - placeOf(b));
}
