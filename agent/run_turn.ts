import { abortable } from "../config/abortable.ts";
import type { Remembered, Session, Turn } from "../sessions/session.ts";
import { addNotice } from "./add_notice.ts";
import { agreeOnPlan } from "./plan/agree_on_plan.ts";
import { answer, sayAtOnce } from "./answer/answer.ts";
import { readAttachments } from "./answer/read_attachments.ts";
import { errorLine } from "./execute/error_line.ts";
import { executePlan } from "./execute/execute_plan.ts";
import { openTurn } from "./open_turn.ts";
import { rememberResults } from "./answer/remember_results.ts";
import { renderResults, statusOf } from "./answer/render_results.ts";
import type { StepOutcome } from "./execute/run_step.ts";
import { type TurnParts, turnParts } from "./turn_parts.ts";
import { type Attachment, BudgetError, type TurnState } from "./turn_state.ts";
import type { AgentWorld } from "./world.ts";

export interface TurnOptions {
  /** What goes along with the message, besides the files that it names. */
  attachments?: Attachment[];
  /** Tests give others. @default those of this folder */
  parts?: TurnParts;
}

/**
 * Runs a message as a turn: what it asks for is understood, planned, run and answered. Nothing is
 * thrown: whatever happens is in the turn, which is complete and for the caller to save.
 *
 * @returns the turn, and what the next message may call "it"
 */
export async function runTurn(
  input: string,
  session: Session,
  world: AgentWorld,
  { attachments = [], parts = turnParts }: TurnOptions = {},
): Promise<{ turn: Turn; last: Remembered }> {
  const { state, close } = openTurn(input, session, world);
  const { turn } = state;
  let outcomes: StepOutcome[] = [];
  state.attachments.push(...attachments);
  state.world.emit({ type: "turn_started", turn: turn.id, input });
  try {
    if (await prepare(state, parts)) {
      outcomes = await executePlan(state, parts);
      turn.status = statusOf(outcomes);
    }
    await finish(outcomes, state);
  } catch (error) {
    conclude(error, state, world.signal.aborted);
  }
  const last = await rememberResults(session.last, outcomes, state).catch(() => session.last);
  close();
  return { turn, last };
}

/** Whether there is a plan to run; else what there is to say was said, or is to be said in words. */
async function prepare(state: TurnState, parts: TurnParts): Promise<boolean> {
  const { turn, signal } = state;
  signal.throwIfAborted();
  await attachNamed(state);
  const first = await abortable(() => parts.understand(state), signal);
  const understood = await agreeOnPlan(first, state, parts);
  if (understood.kind === "failed") throw understood.error;
  if (understood.kind === "answer") return false;
  if (understood.kind === "said") {
    turn.status = understood.status;
    sayAtOnce(understood.text, state);
    return false;
  }
  return true;
}

/** Reads what the message names, and the session's files. */
async function attachNamed(state: TurnState): Promise<void> {
  const { input, session, world: { files: reader, toolbox } } = state;
  const servers = [...new Set(toolbox.list().map(({ server }) => server))];
  const { attachments, notices } = await state.waitFor(() =>
    readAttachments({ input, files: session.files, reader, servers })
  );
  state.attachments.push(...attachments);
  for (const notice of notices) addNotice(notice, state);
}

async function finish(outcomes: StepOutcome[], state: TurnState): Promise<void> {
  if (state.signal.aborted) {
    sayAtOnce(renderResults(outcomes), state);
    state.signal.throwIfAborted();
  }
  const isSaid = outcomes.length === 0 && state.turn.answer !== "";
  if (!isSaid) await answer(outcomes, state);
}

/** What ended the turn before its time; of Ctrl-C the person needs not be told. */
function conclude(error: unknown, state: TurnState, isInterrupted: boolean): void {
  const { turn, signal } = state;
  const cause = signal.aborted ? signal.reason : error;
  turn.status = isInterrupted || cause instanceof BudgetError ? "stopped" : "failed";
  if (!isInterrupted) addNotice(errorLine(cause), state);
}
