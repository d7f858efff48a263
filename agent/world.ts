import type { ApprovalMode } from "../config/choices.ts";
import type { Models } from "../models/chat_model.ts";
import type { Prompts } from "../prompts/prompt.ts";
import type { Emit } from "./events.ts";
import type { Person } from "./person.ts";
import type { Toolbox } from "./execute/toolbox.ts";

export interface AgentSettings {
  approve: ApprovalMode;
  /** Steps of a plan at most, 1 to 10. */
  maxSteps: number;
  /** Calls of the chat model in a turn at most. */
  maxModelCalls: number;
  /** A turn ends after this time, waiting for the person not included. */
  turnMs: number;
  /** Clarifying questions in a turn at most; 0: none are asked. */
  maxQuestions: number;
  /** Below this confidence a question is asked. */
  confidence: number;
  /** Messages that go to the model as they were, at most. */
  verbatimMessages: number;
  /** Whether a plan is shown and agreed to before it runs. */
  showPlan: boolean;
  /** What code is written in where nothing else is said. */
  language: string;
}

/** Which tools the person has allowed for good in this project. */
export interface Approvals {
  has(tool: string): Promise<boolean>;
  add(tool: string): Promise<void>;
}

/** What a turn may use. */
export interface AgentWorld {
  models: Models;
  prompts: Prompts;
  toolbox: Toolbox;
  person: Person;
  approvals: Approvals;
  settings: AgentSettings;
  /** What the person has said should always hold. */
  preferences: string[];
  files: AgentFiles;
  emit: Emit;
  /** Ctrl-C: ends the turn; what there is of the answer is kept. */
  signal: AbortSignal;
}

/** Files of the project, by path relative to its folder; what lies outside is refused. */
export interface AgentFiles {
  /** @throws {ToolError} when it is missing, outside, too large or no text */
  readText(path: string): Promise<string>;
  /** Whether there is a regular file of that name inside the folder. */
  exists(path: string): boolean;
  /** The files of a name anywhere in the folder, at most 20; absent where that cannot be told. */
  find?(name: string, signal: AbortSignal): Promise<string[]>;
  /** The bytes and the absolute path, for `/undo`; `bytes` null: no such file. @throws {ToolError} */
  snapshot(path: string): Promise<{ path: string; bytes: Uint8Array | null }>;
  /**
   * Puts a file back as it was, in one step; null removes it.
   *
   * @param path absolute or relative
   * @param expect what the file has now; with other content it stays as it is
   * @throws {ToolError} when it is outside, was changed meanwhile, or the disk refuses
   */
  restore(path: string, bytes: Uint8Array | null, expect: Uint8Array): Promise<void>;
  /** The text of a resource of an MCP server, `server:uri`. @throws {ToolError} */
  readResource(name: string): Promise<string>;
}
