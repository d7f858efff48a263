import type { ReferenceScope } from "./references.ts";
import { referencesIn } from "./references.ts";
import { readMessage } from "../understand/read_message.ts";
import type { ToolResult } from "../execute/toolbox.ts";
import type { TurnState } from "../turn_state.ts";

/** What the references of a step's arguments may reach now. */
export async function referenceScope(
  args: Record<string, unknown>,
  state: TurnState,
  results: ReadonlyMap<string, ToolResult>,
): Promise<ReferenceScope> {
  const { last } = state.session;
  const named = state.attachments.map(({ text }, i) => [`attachment${i + 1}`, text] as const);
  const { code } = readMessage(state.input);
  return {
    results,
    values: {
      last: { code: last.code?.text, tests: last.tests?.text, review: last.review?.text },
      message: { code: code?.text },
      ...Object.fromEntries(named),
    },
    files: await readFiles(args, state),
  };
}

/** Only files that the person spoke of: a model may not send others along. */
async function readFiles(
  args: Record<string, unknown>,
  { input, session: { last }, world: { files }, attachments }: TurnState,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const [kind, name] of referencesIn(args)) {
    if (kind !== "file" || name === undefined || texts.has(name)) continue;
    const isSaid = input.includes(name) || last.code?.path === name || last.tests?.path === name ||
      attachments.some((one) => one.name === name);
    const text = isSaid ? await files.readText(name).catch(() => undefined) : undefined;
    if (text !== undefined) texts.set(name, text);
  }
  return texts;
}
