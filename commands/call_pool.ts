import type { CallOptions, CallTool, ModelAnswers, ToolCallOutcome } from "../server/call_tool.ts";
import type { LogLevel } from "../tools/tool.ts";
import { internalError } from "../tools/run_tool.ts";
import type { ModelEvent } from "./observed_models.ts";

/** What a worker is sent: a call, or that its result is no longer wanted. */
export type CallMessage = CallOrder | { abort: true };

export interface CallOrder {
  name: string;
  args: Record<string, unknown>;
  /** The folder that is the call's workspace. */
  root: string;
  /** Present where the client's model may be asked. */
  clientModel?: ModelAnswers;
  /** Whether calls to models are to be told. */
  observed: boolean;
}

/** What a worker sends while it works, and once when it has finished; null: it was aborted. */
export type CallReport =
  | { progress: [done: number, total: number, message?: string] }
  | { log: [level: LogLevel, message: string] }
  | { model: ModelEvent }
  | { outcome: ToolCallOutcome | null };

export interface CallPoolOptions {
  /** Starts a worker that answers {@link CallMessage}s, one call at a time. */
  spawn(): Worker;
  /** The folder that is the workspace of calls which name none. */
  root: string;
  /** Workers at most; further calls wait. */
  size: number;
  /** How long an aborted call may take to end by itself before its worker is ended. @default 200 */
  graceMs?: number;
}

export interface CallPool {
  call: CallTool<ToolCallOutcome>;
  /** Ends all workers; calls under way never settle. */
  close(): void;
}

/**
 * Runs tool calls in workers, each call alone in one: engines do not yield, yet a client must be
 * able to ask and to cancel meanwhile. The first worker starts with the first call; workers are
 * kept, with the engines they have loaded, and one that does not heed an abort is replaced.
 */
export function createCallPool(options: CallPoolOptions): CallPool {
  const { spawn, root, size, graceMs = 200 } = options;
  const all = new Set<Worker>();
  const idle: Worker[] = [];
  const waiting: (() => void)[] = [];

  function start(): Worker {
    try {
      const worker = spawn();
      all.add(worker);
      return worker;
    } catch (error) {
      waiting.shift()?.(); // nothing will be released: the next one tries for itself
      throw error;
    }
  }

  async function take(signal: AbortSignal): Promise<Worker> {
    while (idle.length === 0 && all.size >= size) await turn(waiting, signal);
    signal.throwIfAborted();
    return idle.pop() ?? start();
  }

  function release(worker: Worker, isUsable: boolean): void {
    if (isUsable) keep(worker);
    else drop(worker);
    waiting.shift()?.();
  }

  /** A worker can still fail while it waits, by what a call has left behind. */
  function keep(worker: Worker): void {
    worker.onerror = (event) => {
      event.preventDefault();
      idle.splice(idle.indexOf(worker), 1);
      drop(worker);
    };
    idle.push(worker);
  }

  function drop(worker: Worker): void {
    worker.terminate();
    all.delete(worker);
  }

  async function call(name: string, args: Record<string, unknown>, to: CallOptions) {
    let worker: Worker | undefined;
    let isUsable = false;
    try {
      worker = await take(to.signal);
      const { clientModel, emit } = to;
      const order = { name, args, root: to.root ?? root, clientModel, observed: !!emit };
      const outcome = await runOn(worker, order, to, graceMs);
      isUsable = true;
      if (outcome) return outcome;
    } catch (error) {
      if (!to.signal.aborted) return internalError(name, error);
    } finally {
      if (worker) release(worker, isUsable);
    }
    throw to.signal.reason;
  }

  return { call, close: () => all.forEach(drop) };
}

/** Waits until a worker is free, or `signal` is aborted. */
async function turn(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  waiting.push(wake);
  signal.addEventListener("abort", wake, { once: true });
  await promise;
  signal.removeEventListener("abort", wake);
  if (!signal.aborted) return;
  const place = waiting.indexOf(wake);
  if (place >= 0) waiting.splice(place, 1);
  else waiting.shift()?.(); // our turn had come already: it is the next one's
  throw signal.reason;
}

/** One call on one worker. Rejects when the worker is of no more use. */
function runOn(
  worker: Worker,
  order: CallOrder,
  { signal, progress, log, emit }: CallOptions,
  graceMs: number,
): Promise<ToolCallOutcome | null> {
  const { promise, resolve, reject } = Promise.withResolvers<ToolCallOutcome | null>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const abort = () => {
    worker.postMessage({ abort: true } satisfies CallMessage);
    timer = setTimeout(() => reject(signal.reason), graceMs);
  };
  worker.onmessage = ({ data }: MessageEvent<CallReport>) => {
    if ("progress" in data) progress(...data.progress);
    else if ("log" in data) log(...data.log);
    else if ("model" in data) emit?.(data.model);
    else resolve(data.outcome);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(event.message);
  };
  signal.addEventListener("abort", abort);
  try {
    worker.postMessage(order);
  } catch (error) {
    resolve({ ok: false, message: `Cannot call "${order.name}": ${whyNotSent(error)}` });
  }
  return promise.finally(() => {
    signal.removeEventListener("abort", abort);
    clearTimeout(timer);
  });
}

/** The engine copies messages recursively: too much depth exhausts its stack. */
function whyNotSent(error: unknown): string {
  if (error instanceof RangeError) return "its arguments nest too deep";
  return `its arguments cannot be passed on (${error})`;
}
