import type { CallOptions, CallTool, ToolCallOutcome } from "../../server/call_tool.ts";
import { internalError } from "../../tools/run_tool.ts";
import { CallWorker, type PendingCall } from "./call_worker.ts";

export interface CallPoolOptions {
  /** Starts a worker that answers the messages of call_order.ts, one call at a time. */
  spawn(): Worker;
  /** The folder that is the workspace of calls which name none. */
  root: string;
  /** Workers at most; further calls wait. */
  size: number;
  /** Calls that wait at a worker, which goes on with them while an outcome travels. @default 0 */
  ahead?: number;
  /** How long an aborted call may take to end by itself before its worker is ended. @default 200 */
  graceMs?: number;
}

export interface CallPool {
  call: CallTool<ToolCallOutcome>;
  /** Ends all workers; calls under way never settle. */
  close(): void;
}

/** Behind a call that takes longer, no other waits while there is a worker without any. */
const PATIENCE_MS = 5;

/**
 * Runs tool calls in workers, which each make one at a time: engines do not yield, yet a client must be
 * able to ask and to cancel meanwhile. The first worker starts with the first call; workers are
 * kept, with the engines they have loaded, and one that does not heed an abort is replaced.
 */
export function createCallPool(options: CallPoolOptions): CallPool {
  const { spawn, root, size, ahead = 0, graceMs = 200 } = options;
  const workers = new Set<CallWorker>();
  const waiting: PendingCall[] = [];
  let evening: ReturnType<typeof setTimeout> | undefined;

  function assign(): void {
    while (waiting.length > 0) {
      try {
        const worker = choose();
        if (!worker) return;
        worker.give(waiting.shift()!);
      } catch (error) {
        waiting.shift()!.reject(error);
      }
    }
  }

  function choose(): CallWorker | undefined {
    const freest = freestOf(workers);
    if (freest?.calls === 0) return freest;
    if (workers.size < size) return hire();
    return freest && freest.calls <= ahead ? freest : undefined;
  }

  function hire(): CallWorker {
    const worker = new CallWorker(spawn(), { depth: 1 + ahead, graceMs, onFree, onEnd });
    workers.add(worker);
    return worker;
  }

  function onFree(worker: CallWorker): void {
    assign();
    if (worker.calls === 0 && ahead > 0) evenSoon();
  }

  function onEnd(worker: CallWorker, left: PendingCall[]): void {
    workers.delete(worker);
    waiting.unshift(...left);
    assign();
  }

  function evenSoon(): void {
    const isUneven = [...workers].some(({ calls }) => calls > 1);
    if (isUneven) evening ??= setTimeout(even, PATIENCE_MS);
  }

  /** Gives calls that wait behind a long one to workers without any. */
  function even(): void {
    evening = undefined;
    for (const worker of workers) {
      if (freestOf(workers)!.calls > 0) return;
      const call = worker.busyMs > PATIENCE_MS ? worker.takeBack() : undefined;
      if (call) freestOf(workers)!.give(call);
    }
    evenSoon();
  }

  function leave(call: PendingCall): void {
    if ([...workers].some((worker) => worker.abort(call))) return;
    waiting.splice(waiting.indexOf(call), 1);
    call.reject(call.to.signal.reason);
  }

  async function call(name: string, args: Record<string, unknown>, to: CallOptions) {
    const { signal, clientModel, emit } = to;
    signal.throwIfAborted();
    const { promise, ...end } = Promise.withResolvers<ToolCallOutcome | null>();
    const order = { name, args, root: to.root ?? root, clientModel, observed: !!emit };
    const pending = { order, to, ...end };
    const abort = () => leave(pending);
    signal.addEventListener("abort", abort);
    waiting.push(pending);
    assign();
    try {
      const outcome = await promise;
      if (outcome) return outcome;
    } catch (error) {
      if (!signal.aborted) return internalError(name, error);
    } finally {
      signal.removeEventListener("abort", abort);
    }
    throw signal.reason;
  }

  function close(): void {
    clearTimeout(evening);
    for (const worker of workers) worker.end();
  }

  return { call, close };
}

function freestOf(workers: Iterable<CallWorker>): CallWorker | undefined {
  let freest: CallWorker | undefined;
  for (const worker of workers) if (!freest || worker.calls < freest.calls) freest = worker;
  return freest;
}
