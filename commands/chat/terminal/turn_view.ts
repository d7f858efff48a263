import type { AgentEvent } from "../../../agent/events.ts";
import { sanitizeLine } from "../../../cli/sanitize.ts";
import type { Palette } from "../../../cli/style.ts";
import { spinnerAt } from "../../../cli/terminal/spinner.ts";
import { oneLine } from "../../../config/one_line.ts";
import type { PlanStep } from "../../../sessions/session.ts";
import type { AnswerView } from "./answer_view.ts";
import { planLines } from "./approval_lines.ts";
import { endedStep, runningStep } from "./step_line.ts";

/** What the view of a turn draws on. */
export interface TurnScreen {
  print(lines: string[]): void;
  setTail(lines: string[]): void;
  palette: Palette;
  /** Milliseconds. */
  now(): number;
  answer: AnswerView;
  /** The user is shown the plan when they are asked about it. */
  asksPlan?: boolean;
  /** Ends what runs. */
  signal?: AbortSignal;
}

interface RunningStep {
  step: PlanStep;
  since: number;
  progress: string;
}

const MAX_NOTICE = 400;
const NO_PIECES = { count: 0, first: 0, last: 0 };

/** A turn as it happens: finished lines, and below them what still changes. */
export class TurnView {
  /** What is waited for, in a word or two; empty: nothing. */
  status = "";
  readonly since: number;
  #screen: TurnScreen;
  #running = new Map<string, RunningStep>();
  /** Whether the steps are a plan to be shown, not one that was asked for. */
  #isPlan = false;
  /** Pieces of the answer so far, and the times of the first and the last one. */
  #pieces = NO_PIECES;

  constructor(screen: TurnScreen) {
    this.#screen = screen;
    this.since = screen.now();
  }

  handle(event: AgentEvent): void {
    switch (event.type) {
      case "status":
        return void (this.status = event.text);
      case "plan":
        return this.#plan(event.steps, event.revised);
      case "step_started": {
        const { step } = event;
        return void this.#running.set(step.id, { step, since: this.#screen.now(), progress: "" });
      }
      case "step_progress":
        return this.#progress(event);
      case "step_ended":
        this.#running.delete(event.call.step);
        return this.#print(this.#ended(event));
      case "text":
        return this.#text(event.text);
      case "text_restarted":
        this.#pieces = NO_PIECES;
        return this.#screen.answer.restart();
      case "notice":
        return this.#print([this.#notice(event.text)]);
      case "turn_ended":
        return this.#end();
    }
  }

  /** How fast the answer comes; undefined before it can be told. Servers send a piece for a token. */
  get tokensPerSecond(): number | undefined {
    const { count, first, last } = this.#pieces;
    return count > 1 && last > first ? 1000 * (count - 1) / (last - first) : undefined;
  }

  /** The terminal has another width: what is not final yet is drawn anew. */
  resize(columns: number): void {
    this.#screen.answer.resize(columns);
    this.draw();
  }

  /** Draws what changes with time; to be called some ten times a second. */
  draw(): void {
    const { answer, palette, now } = this.#screen;
    const lines = answer.take();
    if (lines.length > 0) this.#screen.print(lines);
    const frame = spinnerAt(now());
    const steps = [...this.#running.values()].map(({ step, since, progress }) =>
      runningStep(step, { frame, ms: now() - since, progress, palette })
    );
    this.#screen.setTail([...answer.tail(), ...steps]);
  }

  /** Whatever is still open is shown as far as it came. */
  close(): void {
    this.#running.clear();
    this.#screen.print(this.#screen.answer.end());
    this.#screen.setTail([]);
  }

  /** What is printed while an answer comes goes below it. */
  #print(lines: string[]): void {
    this.#screen.print([...this.#screen.answer.end(), ...lines]);
    this.draw();
  }

  #plan(steps: PlanStep[], revised: boolean): void {
    this.#isPlan = steps.length > 1 || revised;
    if (!this.#isPlan || this.#screen.asksPlan && !revised) return;
    const title = revised ? "The plan is now:" : "The plan:";
    this.#print([title, ...planLines(steps)].map(this.#screen.palette.quiet));
  }

  /** Why an only step failed is the answer: it is not said twice. */
  #ended({ call, repaired }: Extract<AgentEvent, { type: "step_ended" }>): string[] {
    const lines = endedStep(call, repaired, this.#screen.palette);
    return this.#isPlan ? lines : lines.slice(0, 1);
  }

  #progress(event: Extract<AgentEvent, { type: "step_progress" }>): void {
    const running = this.#running.get(event.step);
    if (!running) return;
    const count = event.total ? `${event.done}/${event.total}` : "";
    running.progress = [count, event.message].filter(Boolean).join(" ");
  }

  #text(text: string): void {
    const now = this.#screen.now();
    const { count, first } = this.#pieces;
    this.#pieces = { count: count + 1, first: count > 0 ? first : now, last: now };
    this.#screen.answer.push(text);
  }

  #notice(text: string): string {
    return `${this.#screen.palette.severity.major("!")} ${sanitizeLine(oneLine(text, MAX_NOTICE))}`;
  }

  /** What else stops a turn, a budget or a refusal, was told. */
  #end(): void {
    this.status = "";
    const { palette, signal } = this.#screen;
    this.#print(signal?.aborted ? [palette.quiet("– stopped; what there is is kept")] : []);
  }
}
