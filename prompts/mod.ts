// Written by `deno task gen` from the prompts beside it.
/** The text of each prompt's file by name, loaded when it is asked for. */
export type PromptTable = ReadonlyMap<string, () => Promise<{ default: string }>>;

export const prompts: PromptTable = new Map([]);
