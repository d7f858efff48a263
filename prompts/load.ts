import { suggestion } from "../config/nearest.ts";
import { ToolError } from "../config/tool_error.ts";
import { placeholdersOf } from "./fill.ts";
import { parsePrompt } from "./front_matter.ts";
import { prompts as embeddedPrompts, type PromptTable } from "./mod.ts";
import type { Prompt, Prompts } from "./prompt.ts";
import { readUserFile, unusable } from "./read_user_file.ts";

/**
 * The embedded prompts, and those of the same names in `folder`, which win.
 *
 * @param options.folder the user's own prompts, `‹name›.md`; it need not exist. A file is read anew
 *   each time, so that an edited one counts at once
 * @param options.embedded the prompts that come with devmcp. @default those of this folder
 */
export function createPrompts(
  { folder, embedded = embeddedPrompts }: { folder?: string; embedded?: PromptTable },
): Prompts {
  const own = new Map<string, Prompt>();
  return {
    load: async (name) => {
      const original = own.get(name) ?? await loadEmbedded(name, embedded);
      own.set(name, original);
      const path = `${folder}/${name}.md`;
      const text = folder === undefined ? undefined : await readUserFile(path);
      return text === undefined ? original : readUserPrompt(original, path, text);
    },
  };
}

async function loadEmbedded(name: string, embedded: PromptTable): Promise<Prompt> {
  const load = embedded.get(name);
  if (load) return parsePrompt(name, (await load()).default);
  throw new ToolError(
    `Cannot load the prompt "${name}": no such prompt${suggestion(name, embedded.keys())}`,
  );
}

/** Wrong placeholders are told here, rather than after the work before the model's call. */
function readUserPrompt(original: Prompt, path: string, text: string): Prompt {
  const { optional: _, ...prompt } = parseUserPrompt(original.name, path, text);
  const known = placeholdersOf(original.template);
  const used = placeholdersOf(prompt.template);
  refuseUnknown(path, used, known);
  refuseMissing(path, used, known.filter((name) => !original.optional?.includes(name)));
  return { ...prompt, source: path };
}

function refuseUnknown(path: string, used: string[], known: string[]): void {
  const unknown = used.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw unusable(
    path,
    `"{{${unknown}}}" stands for nothing${suggestion(unknown, known)}`,
    undefined,
    `it may use ${listOf(known)}`,
  );
}

/** What they stand for would not reach the model, which would answer all the same. */
function refuseMissing(path: string, used: string[], required: string[]): void {
  const missing = required.filter((name) => !used.includes(name));
  if (missing.length === 0) return;
  throw unusable(
    path,
    `after its line "===" there is no ${listOf(missing)}`,
    undefined,
    `it needs ${listOf(required)}`,
  );
}

function listOf(names: string[]): string {
  return names.map((name) => `{{${name}}}`).join(", ");
}

function parseUserPrompt(name: string, path: string, text: string): Prompt {
  try {
    return parsePrompt(name, text);
  } catch (error) {
    if (error instanceof SyntaxError) throw unusable(path, error.message, error);
    throw error;
  }
}
