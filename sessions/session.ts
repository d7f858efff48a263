/** The data of a chat session, as it is kept on disk. */

/** Grows when a field changes its meaning or goes; older files are migrated when they are read. */
export const SESSION_VERSION = 1;

export interface Session {
  version: typeof SESSION_VERSION;
  /** `20261120-183119-k3x9`: the time in UTC, and four random letters or digits; sorts by age. */
  id: string;
  /** From the first message, until the user gives another. */
  title: string;
  /** ISO 8601, UTC. */
  created: string;
  updated: string;
  /** Absolute path of the folder it is about. */
  folder: string;
  /** Chosen with `/model`; empty: the configured one. */
  model: string;
  /** The session that this one was forked from. */
  forkedFrom?: string;
  turns: Turn[];
  /** What is left of the first `turns` turns when their messages no longer fit. */
  summary: { text: string; turns: number };
  /** Files whose content goes along with each message, relative to `folder`. */
  files: string[];
  last: Remembered;
}

/** What "it" and "this" mean in the next message. */
export interface Remembered {
  code?: RememberedCode;
  tests?: RememberedCode;
  review?: { text: string; score?: number; path?: string };
}

export interface RememberedCode {
  text: string;
  /** As fences name it: `python`. */
  language: string;
  /** The file it came from or was written to, relative to the session's folder. */
  path?: string;
}

/** A message of the person and everything that came of it. */
export interface Turn {
  /** 1, 2, … within the session. */
  id: number;
  /** When it began: ISO 8601, UTC. */
  at: string;
  /** The message as it was typed. */
  input: string;
  /** `failed`: a step or a model failed; `stopped`: by Ctrl-C, a budget or a refusal. */
  status: "done" | "failed" | "stopped";
  intent?: Intent;
  questions: { question: string; answer: string }[];
  plan: PlanStep[];
  calls: Call[];
  /** Markdown; what there was of it when it was stopped. */
  answer: string;
  /** What the person should know besides: what was left out, cut or refused. */
  notices: string[];
  /** The chat model that was asked; empty when none was. */
  model: string;
  /** Of the chat model, tools not included; tokens. */
  usage: { calls: number; prompt: number; completion: number };
  timing: {
    totalMs: number;
    /** From the request of the answer to its first piece; absent when no model wrote it. */
    firstTokenMs?: number;
    /** What was waited for: models, tools and the person. The rest is devmcp's own. */
    waitedMs: number;
  };
  /** Files that were changed, for `/undo`. */
  changes: Change[];
}

/** What the person wants, as far as it was understood. */
export interface Intent {
  goal: string;
  /** Names of tools, in the order in which they are needed. */
  tools: string[];
  /** What the message says of the tools' arguments. */
  parameters: Record<string, unknown>;
  /** 0 to 1. */
  confidence: number;
  /** What has to be known first, in words. */
  unclear: string[];
  /** `rules`: without a model. */
  by: "rules" | "model";
}

export interface PlanStep {
  /** `step1`, `step2`, … */
  id: string;
  /** The tool's name in the toolbox. */
  tool: string;
  purpose: string;
  /** May refer to earlier results: `{{step1.code}}`. */
  arguments: Record<string, unknown>;
  /** Ids of the steps that must have succeeded before. */
  needs: string[];
}

/** A tool call that was made, or refused. */
export interface Call {
  /** Id of the plan's step. */
  step: string;
  tool: string;
  /** References filled in; long texts cut. */
  arguments: Record<string, unknown>;
  status: "done" | "failed" | "refused" | "stopped" | "skipped";
  /** The result as Markdown, or what went wrong; long texts cut. */
  text: string;
  /** Without the time that the person took to agree. */
  ms: number;
}

/** A file before and after a tool wrote it. */
export interface Change {
  /** Absolute. */
  path: string;
  /** Base64 of the bytes; null: there was no file. */
  before: string | null;
  /** SHA-256 of what was written, to see whether somebody changed it since. */
  after: string;
  undone?: true;
}
