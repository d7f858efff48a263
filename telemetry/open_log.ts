import type { Config } from "../config/config.ts";
import { LineQueue } from "./line_queue.ts";
import { LogFile, logProblem } from "./log_file.ts";
import { isLogged, levelOf, logLine } from "./log_line.ts";
import type { Sink } from "./sink.ts";
import type { TelemetryWorld } from "./telemetry_world.ts";

/** Those of the configuration's schema, which is slow to load. */
const DEFAULTS: Config["logging"] = { level: "warning", file: "", max_mb: 10, files: 5 };

const CHUNK = 65_536;

export interface OpenLog {
  sink: Sink;
  close(ms: number): Promise<void>;
}

/**
 * A log of events as JSON lines, to a file or to standard error. Nothing that happens to it later
 * throws.
 *
 * @throws {ToolError} when the file cannot be opened, or its disk is full
 */
export async function openLog(
  settings: Partial<Config["logging"]>,
  world: TelemetryWorld,
): Promise<OpenLog> {
  const { level, file, max_mb, files } = { ...DEFAULTS, ...settings };
  const target = file === "" ? toStderr(world) : await toFile(file, max_mb * 1e6, files, world);
  const queue = new LineQueue({ ...target, lostLine });
  return {
    sink: (event, request) => {
      if (isLogged(levelOf(event), level)) queue.push(logLine(event, request));
    },
    close: async (ms) => {
      await queue.close(ms);
      target.close?.();
    },
  };
}

function lostLine(count: number): string {
  const text = `${count} lines of this log could not be written`;
  return logLine({ type: "message", level: "warning", text });
}

function toStderr({ writeError }: TelemetryWorld) {
  return {
    async write(text: string) {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += await writeError(bytes.subarray(at));
    },
    close: undefined,
  };
}

async function toFile(path: string, maxBytes: number, files: number, { say }: TelemetryWorld) {
  const file = new LogFile({ path, maxBytes, files });
  await file.open();
  return {
    write: (text: string) => file.write(text),
    chunkCharacters: Math.min(CHUNK, maxBytes),
    onFailure: (error: unknown) => say(`warning: ${logProblem(path, error)}`),
    close: () => file.close(),
  };
}
