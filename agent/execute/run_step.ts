import { abortable } from "../../config/abortable.ts";
import { canonicalJson } from "../../config/canonical_json.ts";
import type { Call, PlanStep } from "../../sessions/session.ts";
import { addNotice } from "../add_notice.ts";
import { fingerprint } from "./approve.ts";
import { cutArguments, cutResult } from "./bound_result.ts";
import { errorLine } from "./error_line.ts";
import { type CallEnd, makeCall } from "./make_call.ts";
import { readReason } from "../plan/read_reason.ts";
import { refusalProblem } from "../plan/refusal_problem.ts";
import type { ToolInfo, ToolResult } from "./toolbox.ts";
import type { TurnParts } from "../turn_parts.ts";
import { BudgetError, type TurnState } from "../turn_state.ts";

/** What the steps of a plan share. */
export interface PlanRun {
  state: TurnState;
  parts: Pick<TurnParts, "fillArguments" | "revisePlan">;
  /** Of the steps that succeeded, by id. */
  results: Map<string, ToolResult>;
  /** The calls of this turn by tool and arguments; none is made twice. */
  made: Map<string, { step: string; end: Promise<CallEnd> }>;
  /** How the tools described themselves when the plan was made. */
  known: ReadonlyMap<string, string>;
}

/** What became of a step. */
export interface StepOutcome extends CallEnd {
  step: PlanStep;
  /** Whole, as the tool got them; empty when it was not called. */
  arguments: Record<string, unknown>;
  /** Whether there was a call to make; the person may have refused it. */
  wasCalled: boolean;
  /** Whether its result is that of another step that made the same call. */
  isRepeated?: true;
  /** Whether other steps have taken its place. */
  isReplaced?: true;
}

/**
 * Runs a step: arguments, approval, call; once more with other arguments when the tool fails.
 * Every failure is an outcome, also that the turn was stopped.
 */
export async function runStep(step: PlanStep, run: PlanRun): Promise<StepOutcome> {
  const { emit } = run.state.world;
  emit({ type: "step_started", step });
  const first = await attempt(step, run);
  const mayRepair = first.wasCalled && problemOf(first) !== undefined && !run.state.signal.aborted;
  const second = mayRepair ? await repair(first, run) : undefined;
  return keepOutcome(second ?? first, run, second !== undefined);
}

/** What another try has to know; undefined where there is nothing to learn. */
export function problemOf({ status, text, reason }: StepOutcome): string | undefined {
  if (status === "failed") return text;
  if (status !== "refused" || !reason || readReason(reason).kind === "stop") return undefined;
  return refusalProblem(reason);
}

/** Records a step that has come to its end. */
export function keepOutcome(
  outcome: Timed<StepOutcome>,
  { state }: PlanRun,
  repaired = false,
): StepOutcome {
  const call = callOf(outcome);
  state.turn.calls.push(call);
  state.world.emit({ type: "step_ended", call, repaired });
  return outcome;
}

/** `ms`: without the time that the person took to agree. */
type Timed<T> = T & { ms: number };

function callOf({ step, status, arguments: args, text, ms }: Timed<StepOutcome>): Call {
  const { id, tool } = step;
  return { step: id, tool, arguments: cutArguments(args), status, text: cutResult(text), ms };
}

/** Undefined when nothing else can be tried. */
async function repair(
  first: Timed<StepOutcome>,
  run: PlanRun,
): Promise<Timed<StepOutcome> | undefined> {
  run.state.world.emit({ type: "status", text: `Repairing ${first.step.id}` });
  const second = await attempt(first.step, run, first);
  if (!second.wasCalled && !second.result) return undefined;
  run.state.turn.calls.push(callOf(first));
  return second;
}

async function attempt(
  step: PlanStep,
  run: PlanRun,
  before?: StepOutcome,
): Promise<Timed<StepOutcome>> {
  const now = () => performance.now() - run.state.pausedMs();
  const started = now();
  const args: Record<string, unknown> = {};
  const outcome: StepOutcome = {
    step,
    arguments: args,
    wasCalled: false,
    status: "failed",
    text: "",
  };
  try {
    await tryStep(outcome, run, before);
  } catch (error) {
    outcome.status = run.state.signal.aborted || error instanceof BudgetError
      ? "stopped"
      : "failed";
    outcome.text = stopText(error, run.state);
  }
  return { ...outcome, ms: Math.round(now() - started) };
}

function stopText(error: unknown, { signal }: TurnState): string {
  if (error instanceof BudgetError) return error.message;
  if (!signal.aborted) return errorLine(error);
  return signal.reason instanceof BudgetError ? signal.reason.message : "Stopped";
}

async function tryStep(outcome: StepOutcome, run: PlanRun, before?: StepOutcome): Promise<void> {
  const { step } = outcome;
  const { state, parts, results } = run;
  const tool = state.world.toolbox.list().find(({ name }) => name === step.tool);
  if (!tool) return void (outcome.text = missingTool(step, run));
  const problem = before && problemOf(before);
  const filled = await abortable(
    () => parts.fillArguments(step, state, results, problem),
    state.signal,
  );
  if (!filled.ok) return void (outcome.text = filled.problem);
  outcome.arguments = withoutDryRun(filled.arguments, tool);
  const key = keyOf(tool.name, outcome.arguments);
  if (before && key === keyOf(tool.name, before.arguments)) return; // it would fail again
  const made = run.made.get(key);
  if (made) return void Object.assign(outcome, await repeated(made));
  const isChanged = noticeChange(tool, run);
  const end = makeCall({ tool, step, arguments: outcome.arguments, isChanged }, state);
  end.catch(() => {}); // told below, and to nobody else when none repeats it
  run.made.set(key, { step: step.id, end });
  outcome.wasCalled = true;
  Object.assign(outcome, await end);
}

function missingTool({ tool }: PlanStep, { known }: PlanRun): string {
  const state = known.has(tool) ? "it is no longer there" : "no such tool";
  return `Cannot call "${tool}": ${state}`;
}

/** Only the person decides whether something is written. */
function withoutDryRun(args: Record<string, unknown>, tool: ToolInfo): Record<string, unknown> {
  if (tool.effect !== "writes") return args;
  const { dry_run: _, ...rest } = args;
  return rest;
}

function keyOf(tool: string, args: Record<string, unknown>): string {
  return `${tool} ${canonicalJson(args)}`;
}

/** A call that was made already is not made again; what it gave is still of use. */
async function repeated(
  { step, end }: { step: string; end: Promise<CallEnd> },
): Promise<Partial<StepOutcome>> {
  const { result } = await end.catch((): Partial<CallEnd> => ({}));
  const text = `Not run: ${step} made the same call already`;
  return result
    ? { status: "stopped", text: `${text}; its result is used`, result, isRepeated: true }
    : { status: "stopped", text: `${text}, in vain` };
}

/** Whether a tool of another server describes itself otherwise than when the plan was made. */
function noticeChange(tool: ToolInfo, { known, state }: PlanRun): boolean {
  const before = known.get(tool.name);
  if (before === undefined || before === fingerprint(tool)) return false;
  if (tool.effect === "free") return false;
  addNotice(`${tool.name} has changed what it says of itself since the plan was made`, state);
  return true;
}
