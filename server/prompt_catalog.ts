import type { GetPromptResult, Prompt } from "@modelcontextprotocol/server";

/** The prompts a server offers to people. */
export interface PromptCatalog {
  /** In a stable order. */
  list(): Promise<Prompt[]>;
  /**
   * Undefined where there is no such prompt.
   * @throws {ToolError} for arguments that are missing, unknown or too long, and for a file that cannot be used
   */
  get(name: string, args: Record<string, string>): Promise<GetPromptResult | undefined>;
  /** Values of an argument that begin with `value`; undefined where there is no such prompt or argument. */
  complete(name: string, argument: string, value: string): Promise<string[] | undefined>;
  /** Tells that the list has changed, until the returned function is called. */
  watch(listener: () => void): () => void;
}
