import { atMost } from "../../config/at_most.ts";
import type { HttpOptions, Readiness } from "./http_options.ts";

/** Whoever asks often asks the parts only so often. */
const FRESH_MS = 2000;
/** A disk that is gone may never answer. */
const PATIENCE_MS = 5000;

/**
 * Answers whether calls would work now.
 *
 * @param patienceMs how long that may take to find out @default 5000
 */
export function createReadiness(
  check: HttpOptions["ready"],
  patienceMs = PATIENCE_MS,
): (isStopping: boolean) => Promise<Response> {
  let last: { at: number; found: Promise<Readiness> } | undefined;

  function look(): Promise<Readiness> {
    const now = performance.now();
    if (!last || now - last.at > FRESH_MS) last = { at: now, found: lookNow(check, patienceMs) };
    return last.found;
  }

  return async (isStopping) => {
    if (isStopping) return tell({ ready: false, checks: { server: STOPPING } });
    return tell(await look());
  };
}

const STOPPING = { ok: false, detail: "stopping" };

async function lookNow(
  check: HttpOptions["ready"],
  patienceMs: number,
): Promise<Readiness> {
  try {
    return await atMost(patienceMs, check()) ?? failed("the check takes too long");
  } catch {
    return failed("the check failed");
  }
}

function failed(detail: string): Readiness {
  return { ready: false, checks: { server: { ok: false, detail } } };
}

function tell(readiness: Readiness): Response {
  return Response.json(readiness, { status: readiness.ready ? 200 : 503 });
}
