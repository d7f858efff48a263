import type { Call, Intent, PlanStep, Turn } from "../sessions/session.ts";
import type { Question } from "./person.ts";

/** What happens in a turn, as it happens; all text is hostile until an edge has made it safe. */
export type AgentEvent =
  | { type: "turn_started"; turn: number; input: string }
  /** What is waited for, in a word or two: `Understanding`, `Planning`, `Answering`. */
  | { type: "status"; text: string }
  | { type: "intent"; intent: Intent }
  | { type: "questions"; questions: Question[]; answers: string[] }
  | { type: "plan"; steps: PlanStep[]; revised: boolean }
  | { type: "step_started"; step: PlanStep }
  | { type: "step_progress"; step: string; done: number; total?: number; message?: string }
  | { type: "step_ended"; call: Call; repaired: boolean }
  /** A piece of the answer, Markdown. */
  | { type: "text"; text: string }
  /** What came as `text` is void; the answer begins anew. */
  | { type: "text_restarted" }
  | { type: "notice"; text: string }
  /** The turn is saved by whoever runs it before it shows this. */
  | { type: "turn_ended"; turn: Turn };

export type Emit = (event: AgentEvent) => void;
