import { type Command, Option } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { APPROVAL_MODES } from "../config/choices.ts";
import { ToolError } from "../config/tool_error.ts";
import { type ChatFlags, checkChatFlags } from "./chat/chat_flags.ts";
import { addModelFlags } from "./model_flags.ts";

/** Its prompt is to be there at once: whatever it does not need for that is imported later. */
export function define(command: Command, app: App): void {
  const approve = new Option(
    "--approve <mode>",
    "what runs without a question (default: as configured, ask)",
  )
    .choices(APPROVAL_MODES);
  command
    .option("-p, --prompt <text>", 'one message, then out; "-": from standard input')
    .option("--continue", "go on with this folder's last session")
    .option("--resume <id>", "go on with a session")
    .option("--fork <id>", "go on with a copy of a session")
    .option("--session <name>", "go on with the session of that name, or begin it")
    .addOption(approve)
    .option("--plan", "show each plan before it runs")
    .option("--no-save", "keep nothing of it on the disk")
    .option("--no-mcp", "without the configured MCP servers");
  addModelFlags(command)
    .option("--json", "the result as one JSON object")
    .option("--stream-json", "what happens as JSON, an event on each line")
    .addHelpText("after", EXIT_CODES)
    .action((flags: ChatFlags) => chat(flags, app));
  addExamples(command, [
    ["devmcp chat", "talk"],
    ["devmcp chat --continue", "go on where you were"],
    ['devmcp chat -p "review app.py"', "one message, then out"],
    ['git diff | devmcp chat -p "explain"', "with what was piped in"],
  ]);
}

const EXIT_CODES = `
Without a terminal nothing is asked: what needs an answer is refused, and said.
Exits with 1 when a step failed or was refused, with 2 when nothing could be
done.`;

async function chat(flags: ChatFlags, app: App): Promise<void> {
  checkChatFlags(flags);
  if (!isConversation(flags, app)) {
    return await (await import("./chat/run_script.ts")).runScript(flags, app);
  }
  if (flags.json || flags.streamJson) {
    throw new ToolError("Cannot write JSON: a conversation at a terminal has none", {
      hint: 'give the message with -p "…", or on standard input',
    });
  }
  await (await import("./chat/run_terminal.ts")).runTerminal(flags, app);
}

/** Whether somebody sits at both ends. */
function isConversation({ prompt }: ChatFlags, { stdinIsTerminal, stdout }: App): boolean {
  return prompt === undefined && stdinIsTerminal && stdout.isTerminal;
}
