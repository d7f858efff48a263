import type { ServerDefinition } from "../config/server_definition.ts";
import type { ServerDetail } from "./describe_server.ts";
import type { FormField, FormValue } from "./form_fields.ts";

/** A tool that is no longer what the person saw. All of it is the server's, and hostile. */
export interface ChangedTool {
  server: string;
  tool: string;
  description: string;
  /** As JSON. */
  inputSchema: string;
}

/** A server wants the chat model to write something. */
export interface SamplingQuestion {
  server: string;
  /** All that the model would read. Hostile. */
  prompt: string;
  maxTokens: number;
}

/** A server wants to know something of the person. Hostile. */
export type ElicitQuestion =
  | { server: string; message: string; fields: FormField[] }
  /** Something that has to be done at an address. It is shown, never opened. */
  | { server: string; message: string; url: string };

export type ElicitAnswer =
  | { action: "accept"; content?: Record<string, FormValue> }
  | { action: "decline" }
  /** They would not say: Ctrl-C, or nobody is there. */
  | { action: "cancel" };

/**
 * Who decides about other servers. Asked one thing at a time. Where nobody can be asked, each answers at
 * once with no.
 */
export interface HostPerson {
  /** Whether a server that a project brings may be started or contacted. */
  agree(server: ServerDefinition, details: ServerDetail[], signal: AbortSignal): Promise<boolean>;
  /** Whether it may be used as it is now. */
  showChangedTool(change: ChangedTool, signal: AbortSignal): Promise<boolean>;
  sampling(question: SamplingQuestion, signal: AbortSignal): Promise<boolean>;
  elicit(question: ElicitQuestion, signal: AbortSignal): Promise<ElicitAnswer>;
  /** Shows the address at which the person can log in. False: nobody is there to do that. */
  login(server: string, url: URL, signal: AbortSignal): Promise<boolean>;
}
