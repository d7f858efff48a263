import type { ChatMessage } from "../models/chat_model.ts";

/** A prompt: Markdown with front matter, embedded or from the user's own folder. */
export interface Prompt {
  /** The file's name without `.md`. */
  name: string;
  title: string;
  description: string;
  /** The fixed part, sent first and unchanged with every call, so that servers can cache it. */
  instructions: string;
  /** The part that differs, with `{{placeholders}}`. */
  template: string;
  /** Placeholders that a user's own template may leave out. @default none */
  optional?: string[];
  /** The file it came from when it is not the embedded one. */
  source?: string;
}

/** The prompts by name; the user's own file wins over the embedded one. */
export interface Prompts {
  /** @throws {ToolError} for an unknown name and for a file of the user's that cannot be used */
  load(name: string): Promise<Prompt>;
}

/**
 * The messages of a prompt: the instructions as they are, then the template with its placeholders
 * filled in. A value is never searched for placeholders.
 *
 * @throws {ToolError} for a placeholder without a value
 */
export type FillPrompt = (prompt: Prompt, values: Record<string, string>) => ChatMessage[];
