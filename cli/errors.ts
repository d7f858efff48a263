import { ToolError } from "../config/tool_error.ts";
import { type App, ClosedOutputError } from "./app.ts";
import { sanitize, sanitizeLine } from "./sanitize.ts";

const FAILED = 2;
/** 128 + SIGINT, as shells report it. */
const INTERRUPTED = 130;
/** 128 + SIGPIPE: not 0, or a hook would pass what it could not tell of. */
const NOBODY_READS = 141;

/**
 * Tells on stderr why the command could not do its work: one line and a hint.
 * @returns the exit code: 2; 130 after Ctrl-C and 141 when nobody reads the output, both in silence
 */
export function reportError(error: unknown, app: App): number {
  if (error instanceof ClosedOutputError) return NOBODY_READS;
  if (app.signal.aborted) return exitCodeOf(app.signal.reason);
  const description = describe(error, app);
  try {
    app.stderr.write(description);
  } catch {
    // Closed, or its disk is full as well: only the exit code is left to tell.
  }
  return FAILED;
}

/** main.ts aborts with the exit code that the signal asks for. */
function exitCodeOf(reason: unknown): number {
  return typeof reason === "number" ? reason : INTERRUPTED;
}

function describe(error: unknown, { stderr, debug }: App): string {
  const bold = (text: string) => stderr.color ? `\x1b[1;31m${text}\x1b[0m` : text;
  const { message, hint } = explain(error);
  const lines = [`${bold("devmcp:")} ${sanitizeLine(message)}`];
  if (hint) lines.push(`  hint: ${sanitizeLine(hint)}`);
  if (debug) lines.push(sanitize(traceOf(error)));
  return `${lines.join("\n")}\n`;
}

function explain(error: unknown): { message: string; hint?: string } {
  if (error instanceof ToolError) return error;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    message: `Cannot go on: unexpected ${message}`,
    hint: "run the same with --debug to see where it happened",
  };
}

/** The stack of the error and of its causes; a chain that is too long is cut. */
function traceOf(error: unknown): string {
  const traces: string[] = [];
  for (let next = error; next !== undefined && traces.length < 5;) {
    traces.push(next instanceof Error ? next.stack ?? next.message : String(next));
    next = next instanceof Error ? next.cause : undefined;
  }
  return traces.join("\ncaused by ");
}
