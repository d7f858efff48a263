import type { ApprovalMode, FailOn } from "./choices.ts";

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

/** How `devmcp serve` serves. */
export interface ServerConfig {
  /** Tools that only read. */
  read_only: boolean;
  /** Names in the Host header that are ours, beside loopback and the address itself; no ports. */
  allowed_hosts: string[];
  /** Origins of web pages that may call, as `https://app.example.com`; each also gets CORS. */
  allowed_origins: string[];
  /** PEM files; both or none. */
  tls_cert: string;
  tls_key: string;
  /** How long calls under way may go on after SIGTERM. */
  drain_seconds: number;
  /** Whether `/metrics` is served. */
  metrics: boolean;
  limits: {
    /** Quick tool calls that run at once, and as many long ones. */
    concurrent_calls: number;
    /** Further ones that wait. */
    queued_calls: number;
    /** Of one key, or of all without one; 0: any number. */
    calls_per_minute: number;
    body_mb: number;
    /** Until a request's headers are there. */
    header_seconds: number;
    /** Until a request's body is there. */
    body_seconds: number;
    /** Of one call; a tool that asks a model has at least `model.timeout_seconds`. */
    call_seconds: number;
    /** Megabytes of one result. */
    output_mb: number;
    connections: number;
    sessions: number;
    sessions_per_client: number;
    streams_per_client: number;
    session_idle_minutes: number;
  };
  auth: {
    /** Whether callers on this machine need a key too. */
    required: boolean;
    /** Name of the variable with the shared secret of JWTs; empty: none. */
    jwt_secret_env: string;
    /** Where the keys of JWTs are; empty: none. */
    jwks_url: string;
    algorithms: string[];
    issuer: string;
    audience: string;
    /** This server's public URL as OAuth's resource; empty: no metadata is served. */
    resource_url: string;
    authorization_servers: string[];
  };
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
    select: string[];
    ignore: string[];
    /** Globs of names, or of paths from the folder of the file that names them. */
    exclude: string[];
    fail_on: FailOn;
    min_score: number;
    /** The file with findings that are known, from the folder of the file that names it; empty: none. */
    baseline: string;
    /** `auto`: with a model where one is there; `require`: an error where there is none. */
    model: "auto" | "off" | "require";
  };
  format: {
    exclude: string[];
    /** Ids of languages. */
    languages_off: string[];
  };
  /** What a function may have before a review finds it too complex; 0: any. */
  complexity: {
    exclude: string[];
    /** Of the command's exit code. */
    fail_above: number;
    max_cyclomatic: number;
    max_cognitive: number;
    max_nesting: number;
    max_parameters: number;
    max_length: number;
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
  server: ServerConfig;
  telemetry: {
    /** Base URL of an OTLP/HTTP collector; empty: no traces are sent. */
    otlp_endpoint: string;
    /** `service.name` of what is sent. */
    service_name: string;
    /** Share of traces that are kept where the client says nothing, 0 to 1. */
    sample_ratio: number;
  };
  logging: {
    level: "debug" | "info" | "warning" | "error";
    /** Of `devmcp serve`, JSON lines; empty: standard error. */
    file: string;
    /** Megabytes at which the file is rotated. */
    max_mb: number;
    /** Rotated files that are kept. */
    files: number;
  };
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
