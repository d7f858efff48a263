import type { HttpOptions, Readiness } from "./http_options.ts";

/** Whoever asks often asks the parts only so often. */
const FRESH_MS = 2000;
const PATIENCE_MS = 5000;

/** Answers whether calls would work now. */
export function createReadiness(
  check: HttpOptions["ready"],
): (isStopping: boolean) => Promise<Response> {
  let last: { at: number; found: Promise<Readiness> } | undefined;

  function look(): Promise<Readiness> {
    const now = performance.now();
    if (!last || now - last.at > FRESH_MS) last = { at: now, found: lookNow(check) };
    return last.found;
  }

  return async (isStopping) => {
    if (isStopping) return tell({ ready: false, checks: { server: STOPPING } });
    return tell(await look());
  };
}

const STOPPING = { ok: false, detail: "stopping" };

async function lookNow(check: HttpOptions["ready"]): Promise<Readiness> {
  try {
    return await check(AbortSignal.timeout(PATIENCE_MS));
  } catch {
    return { ready: false, checks: { server: { ok: false, detail: "the check failed" } } };
  }
}

function tell(readiness: Readiness): Response {
  return Response.json(readiness, { status: readiness.ready ? 200 : 503 });
}
