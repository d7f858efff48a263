import type { Intent, PlanStep, Session } from "../sessions/session.ts";
import type { ToolResult } from "./toolbox.ts";
import type { Attachment, TurnState } from "./turn_state.ts";
import type { AgentFiles } from "./world.ts";

/** What the person wants, or what to say at once. */
export type Understanding =
  | { kind: "plan"; intent: Intent; plan: PlanStep[] }
  /** In words, from what is known. */
  | { kind: "answer" }
  | { kind: "said"; text: string; status: "done" | "failed" | "stopped" };

export type FilledArguments =
  | { ok: true; arguments: Record<string, unknown> }
  | { ok: false; problem: string };

/** The parts of a turn that think; tests give others. */
export interface TurnParts {
  readAttachments(
    input: string,
    session: Session,
    files: AgentFiles,
  ): Promise<{ attachments: Attachment[]; notices: string[] }>;
  understand(state: TurnState): Promise<Understanding>;
  /** @param problem what was wrong with the arguments before */
  fillArguments(
    step: PlanStep,
    state: TurnState,
    results: ReadonlyMap<string, ToolResult>,
    problem?: string,
  ): Promise<FilledArguments>;
  /** Steps in place of `rest`; undefined: there is no other way. */
  revisePlan(
    rest: PlanStep[],
    failed: PlanStep,
    problem: string,
    state: TurnState,
    results: ReadonlyMap<string, ToolResult>,
  ): Promise<PlanStep[] | undefined>;
}
