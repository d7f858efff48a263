import type { App } from "../../cli/app.ts";
import type { ServerEvent, StopReason, Telemetry } from "../../config/server_events.ts";
import { writeLog } from "./write_log.ts";

export type Served = Pick<
  Extract<ServerEvent, { type: "server_started" }>,
  "transport" | "address" | "workspace"
>;

/** Tells the log how a server ends. */
export interface ServingTold {
  /** It takes nothing new. @param calls that are under way, where that is known */
  stopping(calls?: number): void;
  stopped(reason: StopReason): void;
}

/** For the log's last lines when a second signal ends all at once. */
const LAST_LINES_MS = 200;

/** Tells the log that a server has started; also how it ended where a second signal does that. */
export function tellServing(
  app: App,
  { emit, close }: Pick<Telemetry, "emit" | "close">,
  served: Served,
): ServingTold {
  const { transport } = served;
  const startedAt = performance.now();
  const stopped = (reason: StopReason) =>
    emit({
      type: "server_stopped",
      transport,
      reason,
      durationMs: performance.now() - startedAt,
    });
  emit({ type: "server_started", version: app.version, ...served });
  app.atOnce = async () => {
    stopped("second_signal");
    writeLog(app, "devmcp: a second signal: ended at once, without what was under way");
    await close(LAST_LINES_MS);
  };
  return { stopping: (calls) => emit({ type: "server_stopping", transport, calls }), stopped };
}
