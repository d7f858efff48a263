import type { ApprovalMode } from "../../config/choices.ts";
import { isModelName } from "../../config/model_name.ts";
import { ToolError } from "../../config/tool_error.ts";

/** The flags of `devmcp chat`, as commander gives them. */
export interface ChatFlags {
  prompt?: string;
  continue?: boolean;
  resume?: string;
  fork?: string;
  session?: string;
  approve?: ApprovalMode;
  model?: string;
  /** Seconds of one call, as it was written. */
  timeout?: string;
  plan?: boolean;
  /** False with `--no-save`. */
  save: boolean;
  /** False with `--no-mcp`. */
  mcp: boolean;
  json?: boolean;
  streamJson?: boolean;
}

/** Of each group one flag at most makes sense. */
const GROUPS: [key: keyof ChatFlags, flag: string][][] = [
  [["continue", "--continue"], ["resume", "--resume"], ["fork", "--fork"], [
    "session",
    "--session",
  ]],
  [["json", "--json"], ["streamJson", "--stream-json"]],
];

/** @throws {ToolError} when flags contradict each other, or a text is empty */
export function checkChatFlags(flags: ChatFlags): void {
  for (const group of GROUPS) {
    const given = group.filter(([key]) => flags[key]).map(([, flag]) => flag);
    if (given.length > 1) throw contradiction(given[0]!, given[1]!);
  }
  const [saved] = GROUPS[0]!.filter(([key]) => flags[key]);
  if (!flags.save && saved) throw contradiction(saved[1], "--no-save");
  for (const key of ["prompt", "resume", "fork", "session", "model"] as const) {
    if (flags[key]?.trim() === "") throw new ToolError(`Cannot chat: --${key} is empty`);
  }
  if (flags.model !== undefined && !isModelName(flags.model)) {
    throw new ToolError(
      `Cannot chat with ${JSON.stringify(flags.model)}: it is no name of a model`,
      {
        hint: 'run "devmcp models list"',
      },
    );
  }
}

function contradiction(one: string, other: string): ToolError {
  return new ToolError(`Cannot chat with both ${one} and ${other}`, { hint: "give one of them" });
}
