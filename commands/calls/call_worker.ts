import type { CallOptions, ToolCallOutcome } from "../../server/call_tool.ts";
import {
  type CallMessage,
  type CallOrder,
  type CallReport,
  claim,
  type Claims,
  createClaims,
  type Ticket,
} from "./call_order.ts";

/** A call that has no outcome yet; it has one once, whatever is said of it later. */
export interface PendingCall {
  order: Omit<CallOrder, keyof Ticket>;
  to: CallOptions;
  /** null: it was aborted. */
  resolve(outcome: ToolCallOutcome | null): void;
  reject(reason: unknown): void;
}

export interface CallWorkerOptions {
  /** Calls that it is given at once. */
  depth: number;
  /** How long an aborted call may take to end by itself before the worker is ended. */
  graceMs: number;
  /** It has one call less. */
  onFree(worker: CallWorker): void;
  /** It is gone; `left` are calls that it had not begun, but for the first. */
  onEnd(worker: CallWorker, left: PendingCall[]): void;
}

interface Assigned extends Ticket {
  call: PendingCall;
  timer?: ReturnType<typeof setTimeout>;
}

const LAST_NUMBER = 0x7fff_ffff;

/** A worker with the calls that it has been given, which it makes in their order, one at a time. */
export class CallWorker {
  readonly #worker: Worker;
  readonly #options: CallWorkerOptions;
  readonly #claims: Claims;
  readonly #free: number[];
  /** The first is under way. */
  readonly #assigned: Assigned[] = [];
  #number = 0;
  #since = 0;

  constructor(worker: Worker, options: CallWorkerOptions) {
    this.#worker = worker;
    this.#options = options;
    this.#claims = createClaims(options.depth);
    this.#free = Array.from({ length: options.depth }, (_, slot) => slot);
    worker.onmessage = ({ data }: MessageEvent<CallReport>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message);
    };
    this.#post({ claims: this.#claims });
  }

  /** How many calls it has. */
  get calls(): number {
    return this.#assigned.length;
  }

  /** For how long the call under way has been that, in milliseconds. */
  get busyMs(): number {
    return performance.now() - this.#since;
  }

  /** Only where it has less than `depth`. */
  give(call: PendingCall): void {
    if (this.#assigned.length === 0) this.#since = performance.now();
    const slot = this.#free.pop()!;
    const number = this.#number = this.#number % LAST_NUMBER + 1;
    const one: Assigned = { call, slot, number };
    Atomics.store(this.#claims, slot, number);
    this.#assigned.push(one);
    try {
      this.#post({ order: { ...call.order, slot, number } });
    } catch (error) {
      this.#remove(one);
      call.resolve({
        ok: false,
        message: `Cannot call "${call.order.name}": ${whyNotSent(error)}`,
      });
      this.#options.onFree(this);
    }
  }

  /** The next call behind the one under way, which it then does not make. */
  takeBack(): PendingCall | undefined {
    const next = this.#assigned[1];
    if (!next || !claim(this.#claims, next)) return;
    this.#remove(next);
    return next.call;
  }

  /** Ends one of its calls, if it must with the worker. False for one that it does not have. */
  abort(call: PendingCall): boolean {
    const one = this.#assigned.find((assigned) => assigned.call === call);
    if (!one) return false;
    const { reason } = call.to.signal;
    if (claim(this.#claims, one)) {
      this.#remove(one);
      call.reject(reason);
      this.#options.onFree(this);
    } else {
      this.#post({ abort: one.number });
      one.timer = setTimeout(() => this.#fail(reason), this.#options.graceMs);
    }
    return true;
  }

  /** Calls that it has never settle. */
  end(): void {
    this.#worker.terminate();
    for (const { timer } of this.#assigned) clearTimeout(timer);
  }

  #receive(report: CallReport): void {
    const [first] = this.#assigned;
    if (!first) return;
    const { to, resolve } = first.call;
    if ("progress" in report) to.progress(...report.progress);
    else if ("log" in report) to.log(...report.log);
    else if ("model" in report) to.emit?.(report.model);
    else {
      this.#remove(first);
      this.#since = performance.now();
      resolve(report.outcome);
      if (report.isLast) this.#retire();
      else this.#options.onFree(this);
    }
  }

  /** It is of no more use: the call under way fails, those behind it may be made elsewhere. */
  #fail(reason: unknown): void {
    this.end();
    const [first, ...others] = this.#assigned.splice(0);
    first?.call.reject(reason);
    const left = others.filter((one) => claim(this.#claims, one));
    for (const one of others) if (!left.includes(one)) one.call.reject(reason);
    this.#options.onEnd(this, left.map(({ call }) => call));
  }

  /** It begins no other call: all that it has may be made elsewhere. */
  #retire(): void {
    this.end();
    this.#options.onEnd(this, this.#assigned.splice(0).map(({ call }) => call));
  }

  #remove(one: Assigned): void {
    clearTimeout(one.timer);
    this.#assigned.splice(this.#assigned.indexOf(one), 1);
    this.#free.push(one.slot);
  }

  #post(message: CallMessage): void {
    this.#worker.postMessage(message);
  }
}

/** The engine copies messages recursively: too much depth exhausts its stack. */
function whyNotSent(error: unknown): string {
  if (error instanceof RangeError) return "its arguments nest too deep";
  return `its arguments cannot be passed on (${error})`;
}
