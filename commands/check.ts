import { messageOf } from "../config/message_of.ts";
import { ToolError } from "../config/tool_error.ts";

/** `warning`: devmcp works, but less well. `problem`: it cannot do its work. */
export type CheckState = "ok" | "warning" | "problem";

/** What doctor looked at, and what it found. */
export interface Check {
  name: string;
  state: CheckState;
  /** What was found. */
  detail: string;
  /** What to do about it, when it is not ok. */
  advice?: string;
  /** What `--fix` can do about it. */
  fix?: Fix;
}

export interface Fix {
  /** Follows "devmcp can": `download "mistral" (4.4 GB)`. Equal ones are done once. */
  does: string;
  /** Whether the user is asked first. */
  asks: boolean;
  /** @returns what was done */
  run(): Promise<string>;
}

/** A check that throws has found a problem. */
export async function guarded(
  name: string,
  check: () => Promise<Omit<Check, "name">>,
): Promise<Check> {
  try {
    return { name, ...await check() };
  } catch (error) {
    const detail = messageOf(error);
    const advice = error instanceof ToolError
      ? error.hint
      : "this is a fault of devmcp: please report it with this output";
    return { name, state: "problem", detail, advice };
  }
}
