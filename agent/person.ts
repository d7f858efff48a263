import type { PlanStep } from "../sessions/session.ts";
import type { ToolInfo } from "./execute/toolbox.ts";

/** A clarifying question: specific, with answers to choose from. */
export interface Question {
  text: string;
  /** At least two, or none where only the person knows; another answer may be typed as well. */
  choices: string[];
  /** The argument that the answer is for, where it is for one. */
  field?: string;
}

export interface ApprovalRequest {
  tool: ToolInfo;
  step: PlanStep;
  /** References filled in. */
  arguments: Record<string, unknown>;
  /** What a writing tool would change, as a unified diff. */
  diff?: string;
}

export type Approval =
  | { kind: "yes" }
  | { kind: "always" }
  /** `reason` may be empty. */
  | { kind: "no"; reason: string };

/**
 * Who talks with the agent. Where nobody can be asked, as in scripts, each answers at once with
 * undefined or "no", and nothing waits.
 */
export interface Person {
  /** An answer for each question, in order; undefined: nobody is there, or they would not say. */
  ask(questions: Question[], signal: AbortSignal): Promise<string[] | undefined>;
  approve(request: ApprovalRequest, signal: AbortSignal): Promise<Approval>;
  /** Asked before a plan runs where the user wants to see it (`/plan`). */
  confirmPlan(steps: PlanStep[], signal: AbortSignal): Promise<Approval>;
}
