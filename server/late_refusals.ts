import type { BusyError } from "./call_gate.ts";

const refusals = new WeakMap<Request, BusyError>();

/** Keeps why the call that an HTTP request brought was refused after it had been let in. */
export function noteRefusal(request: Request | undefined, error: BusyError): void {
  if (request) refusals.set(request, error);
}

/** Why it was; undefined where it was not. */
export function lateRefusal(request: Request): BusyError | undefined {
  return refusals.get(request);
}
