import * as z from "zod";
import {
  APPROVAL_MODES,
  CATEGORIES,
  FAIL_ON,
  LOG_LEVELS,
  STYLE_GUIDES,
  TEST_FRAMEWORKS,
} from "./choices.ts";
import type { Config, RoleConfig } from "./config.ts";
import { LANGUAGE_NAME } from "./language_name.ts";
import { MODEL_NAME } from "./model_name.ts";
import { serverSection } from "./server_section.ts";
import { serversSchema } from "./server_schema.ts";
import { NEEDS_TRUST, section } from "./section.ts";
import { serverUrl } from "./server_url.ts";

/** Sections of the earlier system whose feature is not there yet: taken, without effect. */
export const SECTIONS_WITHOUT_EFFECT = ["resources"] as const;

/** Sections in which the earlier system had keys of its own: others are taken, without effect. */
export const OPEN_SECTIONS: readonly string[] = [
  "agent",
  "conversation",
  "clarification",
  "planning",
];

/**
 * What servers of earlier systems have in `server`, and what says it here: taken, without effect. All
 * else that is no key is an error; none of these is near to one.
 */
export const EARLIER_SERVER_KEYS: ReadonlyMap<string, string | undefined> = new Map([
  ["name", undefined],
  ["version", undefined],
  ["description", undefined],
  ["transport", "serve --stdio or --http"],
  ["host", "serve --http HOST:PORT"],
  ["port", "serve --http HOST:PORT"],
  ["workers", "server.limits.concurrent_calls"],
  ["timeout", "server.limits.call_seconds"],
  ["debug", "--log-level debug"],
  ["reload", undefined],
]);

/** The longest call to a model: a day. */
const MAX_TIMEOUT_SECONDS = 86_400;
const MAX_LIST = 64;

/** Empty where none is named. */
const modelName = z.string().regex(new RegExp(`${MODEL_NAME.source}|^$`)).meta({
  examples: ["qwen2.5-coder:7b"],
});

const languageName = z.string().regex(LANGUAGE_NAME).meta({ examples: ["typescript"] });

const styleName = z.string().max(100).regex(/^\P{Cc}*$/u);

const toolName = z.string().max(64).regex(/^[a-z][a-z0-9_]*$/).meta({ examples: ["review_code"] });

const endpoint = z.string().max(2048).refine(isEndpoint).meta({
  examples: ["http://localhost:11434"],
});

/** Scheme and host may be missing, as Ollama takes them; a key in a query would end up in messages. */
function isEndpoint(address: string): boolean {
  return !/[?#]/.test(address) && serverUrl(address) !== undefined;
}

function selectors(description: string) {
  const selector = z.string().max(200).regex(/^[\w/@.-]+$/).meta({ examples: ["F401"] });
  return z.array(selector).max(1000).default([]).meta({ description });
}

/** Matched as those of Ruff's configuration, in time that grows with pattern times path. */
function globs(done: string) {
  const glob = z.string().min(1).max(1000).meta({ examples: ["generated/**"] });
  return z.array(glob).max(1000).default([]).meta({
    description:
      `What is not ${done} when found in a folder: globs of names, or of paths from the ` +
      "folder of this file",
  });
}

function isHttpUrlOrEmpty(text: string): boolean {
  return text === "" || /^https?:$/.test(URL.parse(text)?.protocol ?? "");
}

function role(description: string, defaults: Pick<RoleConfig, "context_tokens" | "max_tokens">) {
  return section(description, {
    endpoints: z.array(endpoint).max(MAX_LIST).default([]).meta({
      description: "Addresses of the servers, which share the load; none: what runs on this " +
        "machine is found",
      ...NEEDS_TRUST,
    }),
    kind: z.enum(["auto", "ollama", "openai", "local_chat"]).default("auto").meta({
      description: "How the servers are spoken to; auto goes by the end of the address: /chat is " +
        "local_chat, /v1 is openai, else ollama",
      ...NEEDS_TRUST,
    }),
    model: modelName.default("").meta({
      description: "Name of the model; empty: the best that is installed",
      ...NEEDS_TRUST,
    }),
    context_tokens: z.int().min(512).max(1_048_576).default(defaults.context_tokens).meta({
      description: "Tokens that prompt and reply share, at most what the model was trained for",
      ...NEEDS_TRUST,
    }),
    max_tokens: z.int().min(16).max(131_072).default(defaults.max_tokens).meta({
      description: "Tokens of a reply at most",
      ...NEEDS_TRUST,
    }),
    temperature: z.number().min(0).max(2).nullable().default(null).meta({
      description: "How freely the model chooses its words; null: the model's own default",
    }),
    api_key_env: z.string().max(128).regex(/^([A-Za-z_]\w*)?$/).default("").meta({
      description: "Name of the environment variable that holds the servers' key; empty: no key",
      examples: ["OPENAI_API_KEY"],
      ...NEEDS_TRUST,
    }),
  });
}

function limit(usual: number, description: string) {
  return z.int().min(0).max(100_000).default(usual).meta({ description });
}

const withoutEffect = z.unknown().optional().meta({
  description: "Of an earlier system; has no effect yet",
});

/**
 * devmcp.yaml: every key, with its unit, default and limits. Parsing `{}` gives the defaults.
 */
export const configSchema = z.strictObject({
  model: section("The language models and how they are asked", {
    timeout_seconds: z.number().gt(0).max(MAX_TIMEOUT_SECONDS).default(60).meta({
      description: "Seconds that one call to a model may take",
    }),
    keep_alive: z.string().max(16).regex(/^(-1|\d{1,9}|(\d{1,6}(\.\d{1,3})?(ms|s|m|h)){1,3})$/)
      .default("5m").meta({
        description: "How long Ollama keeps a model in memory after a call; -1 keeps it, 0 " +
          "does not",
        examples: ["30m"],
      }),
    code: role("The model that writes and judges code", {
      context_tokens: 16_384,
      max_tokens: 2048,
    }),
    chat: role("The model that talks and plans", { context_tokens: 16_384, max_tokens: 2048 }),
  }),
  tools: section("The tools", {
    enabled: z.array(toolName).max(256).default([]).meta({
      description: "Names of the tools that are offered; none: all",
      ...NEEDS_TRUST,
    }),
  }),
  code_generation: section("Generated code", {
    language: languageName.default("python").meta({ description: "Language of generated code" }),
    style: styleName.default("pep8").meta({ description: "Style of generated code" }),
    test_framework: z.enum(TEST_FRAMEWORKS).default("pytest").meta({
      description: "Framework of generated tests",
    }),
  }),
  code_review: section("Reviews", {
    style_guide: z.enum(STYLE_GUIDES).default("pep8").meta({
      description: "Style guide for layout, names and docstrings",
    }),
    focus_areas: z.array(z.enum(CATEGORIES)).default([]).meta({
      description: "Only findings of these categories; none: all",
    }),
    select: selectors("Only these rules: codes, prefixes or names; none: those of each engine"),
    ignore: selectors("Not these rules"),
    exclude: globs("reviewed"),
    fail_on: z.enum(FAIL_ON).default("major").meta({
      description: "The exit code is 1 when an issue is at least this severe",
    }),
    min_score: z.int().min(0).max(100).default(0).meta({
      description: "The exit code is 1 when a file scores less",
    }),
    baseline: z.string().max(1000).regex(/^(?!\/|[A-Za-z]:)(?!(?:.*[\/\\])?\.\.(?:[\/\\]|$))/, {
      message: "must be a path inside the folder of this file",
    }).default("").meta({
      description:
        "File with findings that are known and not told again, from the folder of this " +
        "file; empty: none",
    }),
    model: z.enum(["auto", "off", "require"]).default("auto").meta({
      description: "Whether a model reviews too; auto: where one is running, for the command " +
        "devmcp review only where one is configured; require: without one it is an error",
      ...NEEDS_TRUST,
      "x-harmless": "off",
    }),
  }),
  format: section("What `devmcp format` lays out", {
    exclude: globs("formatted"),
    languages_off: z.array(languageName).max(MAX_LIST).default([]).meta({
      description: "Languages that are left alone, by their id in `devmcp languages --json`",
    }),
  }),
  complexity: section("What a function may have before a review finds it too complex", {
    exclude: globs("measured"),
    fail_above: limit(
      0,
      "The exit code of `devmcp complexity` is 1 when a function's cyclomatic complexity is above; 0: never",
    ),
    max_cyclomatic: limit(10, "Cyclomatic complexity; 0: any. Python's is C901 of Ruff's"),
    max_cognitive: limit(15, "Cognitive complexity; 0: any"),
    max_nesting: limit(4, "Control structures inside one another; 0: any"),
    max_parameters: limit(7, "Parameters; 0: any. Python's are PLR0913 of Ruff's"),
    max_length: limit(80, "Lines, without those of functions inside; 0: any"),
  }),
  agent: section("What `devmcp chat` may do", {
    approve: z.enum(APPROVAL_MODES).default("ask").meta({
      description:
        "What runs without a question; ask: tools that only read; reads: the same, and " +
        "the rest is refused; all: everything; none: nothing",
      ...NEEDS_TRUST,
      "x-harmless": "none",
    }),
    max_model_calls: z.int().min(1).max(100).default(16).meta({
      description: "Calls of the chat model in one turn at most",
      ...NEEDS_TRUST,
    }),
    turn_seconds: z.number().gt(0).max(MAX_TIMEOUT_SECONDS).default(600).meta({
      description: "Seconds that one turn may take, waiting for you not included",
      ...NEEDS_TRUST,
    }),
  }),
  conversation: section("What `devmcp chat` remembers", {
    verbatim_messages: z.int().min(0).max(100).default(10).meta({
      description: "Messages that go to the model word for word, at most; older ones are summed up",
    }),
  }),
  clarification: section("What `devmcp chat` asks back", {
    max_questions: z.int().min(0).max(3).default(3).meta({
      description: "Questions in one turn at most; 0: none",
    }),
    confidence_threshold: z.number().min(0).max(1).default(0.7).meta({
      description: "Below this confidence of the model, from 0 to 1, it asks",
    }),
  }),
  planning: section("How `devmcp chat` plans", {
    max_steps: z.int().min(1).max(10).default(10).meta({ description: "Steps of a plan at most" }),
    show: z.boolean().default(false).meta({
      description: "Whether a plan is shown and agreed to before it runs",
    }),
  }),
  mcpServers: serversSchema.optional(),
  server: serverSection,
  telemetry: section("Traces of `devmcp serve`", {
    otlp_endpoint: z.string().max(2048).refine(isHttpUrlOrEmpty).default("").meta({
      description: "Address of an OTLP collector over HTTP; empty: no traces are sent",
      examples: ["http://localhost:4318"],
      ...NEEDS_TRUST,
    }),
    service_name: z.string().min(1).max(100).default("devmcp").meta({
      description: "Name of the service in traces",
    }),
    sample_ratio: z.number().min(0).max(1).default(1).meta({
      description: "Share of the traces that is kept, from 0 to 1, where the client does not say",
    }),
  }),
  logging: section("Messages", {
    level: z.enum(LOG_LEVELS).default("warning").meta({
      description: "Messages below this level are not shown",
    }),
    file: z.string().max(4096).default("").meta({
      description: "File that devmcp serve logs to, as JSON lines; empty: standard error",
      ...NEEDS_TRUST,
    }),
    max_mb: z.number().min(0.01).max(10_000).default(10).meta({
      description: "Megabytes at which the log file is rotated",
    }),
    files: z.int().min(0).max(100).default(5).meta({
      description: "Rotated log files that are kept",
    }),
  }),
  performance: section("Processors and disk", {
    jobs: z.int().min(0).max(256).default(0).meta({
      description: "Workers; 0: one for each processor",
    }),
    cache_mb: z.int().min(0).max(100_000).default(200).meta({
      description: "Megabytes that cached replies of models may take on the disk; 0 keeps none",
    }),
  }),
  ...Object.fromEntries(SECTIONS_WITHOUT_EFFECT.map((name) => [name, withoutEffect])) as Record<
    (typeof SECTIONS_WITHOUT_EFFECT)[number],
    typeof withoutEffect
  >,
});

/** The value of every key that nothing sets. */
export const DEFAULTS: Config = configSchema.parse({});

/** JSON Schema of devmcp.yaml, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  return { title: "devmcp.yaml", ...z.toJSONSchema(configSchema, { io: "input" }) };
}
