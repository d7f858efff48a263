import type { GetPromptResult, Prompt, ReadResourceResult } from "@modelcontextprotocol/client";
import { cutText } from "../config/cut_text.ts";
import { oneLine } from "../config/one_line.ts";
import type { ServerPrompt } from "./mcp_host.ts";
import { blockText, describeBytes, MAX_TEXT } from "./tool_result.ts";

/** Names become words of a command line. */
const NAME = /^[A-Za-z0-9_.\/-]{1,128}$/;
const MAX_ARGUMENTS = 32;

/** The prompts of a server whose names can be commands. */
export function readPrompts(prompts: Prompt[], server: string): ServerPrompt[] {
  return prompts.filter(({ name }) => NAME.test(name)).map((prompt) => ({
    name: `${server}:${prompt.name}`,
    description: oneLine(prompt.description ?? prompt.title ?? "", 200),
    arguments: (prompt.arguments ?? []).slice(0, MAX_ARGUMENTS).map((argument) => ({
      name: oneLine(argument.name, 100),
      description: oneLine(argument.description ?? "", 200),
      required: argument.required ?? false,
    })),
  }));
}

/** A prompt's messages as one text; who says what is told where it is not only the user. Hostile. */
export function promptText({ messages }: GetPromptResult): string {
  const isTalk = messages.some(({ role }) => role !== "user");
  const texts = messages.map(({ role, content }) =>
    `${isTalk ? `${role}: ` : ""}${blockText(content)}`
  );
  return cutText(texts.join("\n\n"), MAX_TEXT);
}

/** The contents of a resource as one text. Hostile. */
export function resourceText({ contents }: ReadResourceResult): string {
  const texts = contents.map((one) =>
    "text" in one ? one.text : describeBytes(one.uri, one.mimeType, one.blob)
  );
  return cutText(texts.join("\n\n"), MAX_TEXT);
}
