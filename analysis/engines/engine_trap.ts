import { messageOf } from "../../config/message_of.ts";

/** Thrown when an engine died in the middle of a file; the next call gets a new instance. */
export class EngineTrap extends Error {
  /** True when its stack was used up: the code is nested too deeply. */
  readonly tooDeep: boolean;

  constructor(cause: unknown, panic: string | undefined) {
    const reason = panic ?? messageOf(cause);
    super(reason, { cause });
    this.name = "EngineTrap";
    this.tooDeep = cause instanceof RangeError || /out of bounds|call stack/.test(reason);
  }
}

/** Whether WebAssembly itself failed: what was in the middle of something can be used no more. */
export function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}
