import { parentPort, Worker, workerData } from "node:worker_threads";
import { ToolError } from "../config/tool_error.ts";

/** What a worker says about a job: its result, why there is none, or that it was not begun. */
export type Answer<Result> = { result: Result } | { error: Error } | { skipped: true };

/** A worker with the tasks it was given, in the order it does them. */
export interface Crew<Task> {
  readonly tasks: Task[];
  /** What the first of them has computed, in milliseconds; whoever measures it adds it. */
  spentMs: number;
  /** Whether it has something to do, and had all it needs for that. */
  isAtWork(): boolean;
  assign(task: Task): void;
  /** Lets the job under way finish for `graceMs` and ends the worker. */
  end(graceMs: number): Promise<void>;
  /** Ends the worker now, in the middle of its job, which fails with `error`. */
  abandon(error: ToolError): void;
}

interface CrewOptions<Task> {
  init: unknown;
  stop: StopSwitch;
  onAnswer(task: Task, answer: Answer<unknown>): void;
  /**
   * The worker is gone, once; `started` tells whether it ever was ready for jobs. Without an error
   * it has begun none of those it has.
   */
  onEnd(error: ToolError | undefined, started: boolean): void;
}

/** Tells all workers at once to begin no further job. */
export interface StopSwitch {
  readonly shared: Int32Array<SharedArrayBuffer>;
  press(): void;
}

/** A switch that workers see even while messages wait behind a job. */
export function stopSwitch(): StopSwitch {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  return { shared, press: () => void Atomics.store(shared, 0, 1) };
}

/** Errors lose their class on the way between threads: this is what is sent of one. */
interface SentError {
  message: string;
  hint?: string;
  expected: boolean;
}

type Message =
  | { kind: "ready" }
  | { kind: "dying"; reason: string }
  | { kind: "spent" }
  | { kind: "result"; result: unknown }
  | { kind: "error"; error: SentError }
  | { kind: "skipped" };

interface WorkerData {
  init: unknown;
  stop: Int32Array<SharedArrayBuffer>;
}

/**
 * Starts a worker. Those of node:worker_threads, unlike the global `Worker`, also tell when they
 * end of themselves.
 */
export function startWorker<Task extends { job: unknown }>(
  url: URL,
  { init, stop, onAnswer, onEnd }: CrewOptions<Task>,
): Crew<Task> {
  const workerData: WorkerData = { init, stop: stop.shared };
  const worker = new Worker(url, { workerData });
  const ended = Promise.withResolvers<void>();
  const tasks: Task[] = [];
  let started = false;
  let reason = "it ended by itself";
  let idle = () => {};
  let isGone = false;
  const leave = (error?: ToolError) => {
    if (isGone) return;
    isGone = true;
    onEnd(error, started);
  };

  worker.on("message", (message: Message) => {
    if (isGone) return;
    if (message.kind === "ready") started = true;
    else if (message.kind === "dying") reason = message.reason;
    else if (message.kind === "spent") {
      leave();
      void worker.terminate();
    } else {
      const task = tasks.shift();
      crew.spentMs = 0;
      if (task) onAnswer(task, answerOf(message));
      if (tasks.length === 0) idle();
    }
  });
  worker.on("error", (error) => reason = firstLine(error));
  worker.on("exit", () => {
    leave(deathOf(reason, started));
    ended.resolve();
  });

  const crew: Crew<Task> = {
    tasks,
    spentMs: 0,
    isAtWork: () => started && tasks.length > 0,
    assign(task) {
      tasks.push(task);
      try {
        worker.postMessage(task.job);
      } catch (error) {
        tasks.pop();
        onAnswer(task, { error: new Error(firstLine(error), { cause: error }) });
      }
    },
    async end(graceMs) {
      const quiet = new Promise<void>((resolve) => idle = resolve);
      if (tasks.length > 0) await withTimeout(Promise.race([quiet, ended.promise]), graceMs);
      await worker.terminate();
    },
    abandon(error) {
      leave(error);
      void worker.terminate();
    },
  };
  return crew;
}

function answerOf(
  message: Exclude<Message, { kind: "ready" | "dying" | "spent" }>,
): Answer<unknown> {
  if (message.kind === "result") return { result: message.result };
  if (message.kind === "skipped") return { skipped: true };
  const { message: text, hint, expected } = message.error;
  return { error: expected ? new ToolError(text, { hint }) : new Error(text) };
}

function deathOf(reason: string, started: boolean): ToolError {
  return started
    ? new ToolError(`Cannot finish: the worker stopped (${reason})`, {
      hint: "the other files are not affected; please report it",
    })
    : new ToolError(`Cannot start a worker: ${reason}`, {
      hint: "try again with one job at a time",
    });
}

function withTimeout(promise: Promise<void>, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs);
    promise.finally(() => clearTimeout(timer)).then(resolve, resolve);
  });
}

/**
 * The worker's side: does the jobs one after another, in the order they come. A job whose handler
 * throws fails alone; anything thrown outside of a job ends the worker.
 *
 * @param isSpent whether a job has left nothing to do further jobs with: another worker does them
 * @throws {Error} outside of a worker
 */
export function serveJobs<Job, Result>(
  handler: (job: Job, init: unknown) => Promise<Result>,
  isSpent: () => boolean = () => false,
): void {
  const port = parentPort;
  if (!port) throw new Error("serveJobs() works only in a worker of a pool");
  const { init, stop } = workerData as WorkerData;
  const say = (message: Message) => port.postMessage(message);
  dieQuietly(say);
  let last = Promise.resolve();
  port.on("message", (job: Job) => {
    last = last.then(async () => {
      if (Atomics.load(stop, 0)) return say({ kind: "skipped" });
      if (isSpent()) return;
      await answer(() => handler(job, init), say);
      if (isSpent()) say({ kind: "spent" });
    });
  });
  say({ kind: "ready" });
}

/** Also a result that cannot be sent, such as a function, is a failure of the job. */
async function answer(work: () => Promise<unknown>, say: (message: Message) => void) {
  try {
    say({ kind: "result", result: await work() });
  } catch (error) {
    say({ kind: "error", error: toSent(error) });
  }
}

function toSent(error: unknown): SentError {
  const expected = error instanceof ToolError;
  return expected
    ? { message: error.message, hint: error.hint, expected }
    : { message: firstLine(error), expected };
}

/** Left alone, Deno would print the stack of an uncaught error to stderr. */
function dieQuietly(say: (message: Message) => void): void {
  const die = (event: Event, error: unknown) => {
    event.preventDefault();
    say({ kind: "dying", reason: firstLine(error) });
    globalThis.close();
  };
  globalThis.addEventListener("error", (event) => die(event, event.error));
  globalThis.addEventListener("unhandledrejection", (event) => die(event, event.reason));
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.split("\n", 1)[0] ?? text;
}
