import type { Attachment } from "../../agent/turn_state.ts";
import type { App } from "../../cli/app.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { ChatFlags } from "./chat_flags.ts";

const MAX_STDIN = 1024 * 1024;
/** After this time somebody is told what is waited for: milliseconds. */
const PATIENCE = 2_000;

/** What a script says. */
export interface ScriptMessage {
  message: string;
  /** `pipe`: it came over standard input, and may be anybody's words. */
  by: "person" | "pipe";
  /** What was piped in beside it. */
  attachments: Attachment[];
}

/**
 * The message of a script: of `-p`, or of standard input, which goes along where both are given.
 *
 * @throws {ToolError} when there is none, or standard input is no text or too long
 */
export async function readMessage(
  { prompt }: Pick<ChatFlags, "prompt">,
  app: App,
): Promise<ScriptMessage> {
  const isPiped = prompt === "-" || !app.stdinIsTerminal;
  if (prompt === undefined && !isPiped) {
    throw new ToolError("Cannot hold a conversation: standard output is no terminal", {
      hint: 'give the message with -p "…"',
    });
  }
  const given = prompt === "-" ? "" : prompt?.trim() ?? "";
  const piped = isPiped ? await readPiped(app) : "";
  const message = given || piped.trim();
  const isBeside = given !== "" && piped.trim() !== "";
  const attachments = isBeside ? [{ name: "standard input", text: piped }] : [];
  if (message) return { message, by: given ? "person" : "pipe", attachments };
  throw new ToolError("Cannot chat: the message is empty", { hint: 'give it with -p "…"' });
}

/** Nobody may ever close what is inherited: who waits for it is told. */
async function readPiped(app: App): Promise<string> {
  const { decodeText } = await import("../../workspace/source.ts");
  const timer = setTimeout(() => {
    app.stderr.write(
      "devmcp: waiting for the end of standard input (< /dev/null: there is none)\n",
    );
  }, PATIENCE);
  try {
    return decodeText(await app.readStdin(MAX_STDIN), "-");
  } finally {
    clearTimeout(timer);
  }
}
