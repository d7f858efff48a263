import type { ApprovalMode } from "./choices.ts";

/** What a role's models are, as configured. */
export interface RoleConfig {
  /** Base URLs; several share the load. Empty: what runs on this machine is found. */
  endpoints: string[];
  /** How the endpoints are spoken to; `auto`: by the URL's end, `/chat` or `/v1`, else Ollama. */
  kind: "auto" | "ollama" | "openai" | "local_chat";
  /** The model's name; empty: the best that is installed. */
  model: string;
  /** Tokens that prompt and reply share, at most what the model was trained for. */
  context_tokens: number;
  /** Tokens of a reply at most. */
  max_tokens: number;
  /** Null: the model's own default. */
  temperature: number | null;
  /** Name of the environment variable that holds the key; the key itself is never in a file. */
  api_key_env: string;
}

/** The effective configuration, every key present. */
export interface Config {
  model: {
    /** Of one call. */
    timeout_seconds: number;
    /** How long the server keeps a model in memory after a call. */
    keep_alive: string;
    code: RoleConfig;
    chat: RoleConfig;
  };
  tools: {
    /** Names of the tools that are offered; empty: all. */
    enabled: string[];
  };
  code_generation: {
    language: string;
    style: string;
    test_framework: string;
  };
  code_review: {
    style_guide: string;
    focus_areas: string[];
    /** `auto`: with a model where one is there; `require`: an error where there is none. */
    model: "auto" | "off" | "require";
  };
  agent: {
    approve: ApprovalMode;
    /** Of the chat model, in one turn. */
    max_model_calls: number;
    /** Of one turn, waiting for the person not included. */
    turn_seconds: number;
  };
  conversation: {
    /** Messages that go to the model word for word; older ones are summed up. */
    verbatim_messages: number;
  };
  clarification: {
    /** In one turn; 0: none. */
    max_questions: number;
    /** 0 to 1; below it a question is asked. */
    confidence_threshold: number;
  };
  planning: {
    max_steps: number;
    /** Whether a plan is shown and agreed to before it runs. */
    show: boolean;
  };
  logging: { level: "debug" | "info" | "warning" | "error" };
  performance: {
    /** Workers; 0: one for each processor. */
    jobs: number;
    /** Megabytes that cached replies of models may take on the disk; 0 keeps none. */
    cache_mb: number;
  };
}

/** Where a value comes from. */
export type Origin =
  | { kind: "default" }
  | { kind: "user" | "project"; file: string; line: number }
  | { kind: "environment"; variable: string }
  | { kind: "flag"; flag: string };

/** The configuration, and where each value comes from, by dotted key (`model.code.model`). */
export interface LoadedConfig {
  values: Config;
  origins: ReadonlyMap<string, Origin>;
  /** What the user should know: keys of an untrusted project that were left out, old keys without effect. */
  warnings: string[];
}
