/** The tools that the scenarios of the official conformance suite call on a server. */
import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type ContentBlock,
  type ElicitRequestFormParams,
  inputRequired,
} from "@modelcontextprotocol/server";
import type { CallAsks, CallContent, CallOptions, CallOutcome } from "../server/call_tool.ts";
import type { ToolEntry } from "../tools/mod.ts";
import type { ObjectSchema, ToolSchemas } from "../tools/tool_schemas.ts";

type Run = (args: Record<string, unknown>, options: Options) => CallOutcome | Promise<CallOutcome>;
type Options = CallOptions & { client: NonNullable<CallOptions["client"]> };
type Properties = Record<string, Record<string, unknown>>;
type RequestedSchema = ElicitRequestFormParams["requestedSchema"];

/** What some tools change when they are called. */
export interface Hooks {
  changePrompts(): void;
}

/** One pixel. */
export const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
/** No sample at all. */
const WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";
const PAUSE_MS = 50;
/** Longer than what comes between two reports of ours at least. */
const REPORT_MS = 120;

const pause = (ms = PAUSE_MS) => new Promise((resolve) => setTimeout(resolve, ms));
const say = (text: string): CallContent => show({ type: "text", text });
const show = (...content: ContentBlock[]): CallContent => ({ ok: true, content, output: {} });
const ask = (asks: CallAsks["asks"], state?: unknown): CallAsks => ({ ok: false, asks, state });

const elicit = (message: string, properties: Properties, required = Object.keys(properties)) =>
  inputRequired.elicit({
    message,
    requestedSchema: { type: "object", properties, required } as RequestedSchema,
  });

const sample = (text: string, maxTokens = 100) =>
  inputRequired.createMessage({
    messages: [{ role: "user", content: { type: "text", text } }],
    maxTokens,
  });

const CONTENT: Record<string, CallOutcome> = {
  test_simple_text: say("This is a simple text response for testing."),
  test_image_content: show({ type: "image", data: PNG, mimeType: "image/png" }),
  test_audio_content: show({ type: "audio", data: WAV, mimeType: "audio/wav" }),
  test_embedded_resource: show({
    type: "resource",
    resource: {
      uri: "test://embedded-resource",
      mimeType: "text/plain",
      text: "This is an embedded resource content.",
    },
  }),
  test_multiple_content_types: show(
    { type: "text", text: "Multiple content types test:" },
    { type: "image", data: PNG, mimeType: "image/png" },
    {
      type: "resource",
      resource: {
        uri: "test://mixed-content-resource",
        mimeType: "application/json",
        text: JSON.stringify({ test: "data", value: 123 }),
      },
    },
  ),
  test_error_handling: {
    ok: false,
    message: "This tool intentionally returns an error for testing",
  },
};

/** Asks once, and tells the answer. */
function askOnce(request: (args: Record<string, unknown>) => CallAsks["asks"][string]): Run {
  return (args, { client: { answers } }) => {
    const { answer } = answers as Record<string, { action?: string; content?: unknown }>;
    if (!answer) return ask({ answer: request(args) });
    const { action = "accept", content } = answer;
    return say(`Answer: action=${action}, content=${JSON.stringify(content)}`);
  };
}

const DEFAULTS: Properties = {
  name: { type: "string", default: "John Doe" },
  age: { type: "integer", default: 30 },
  score: { type: "number", default: 95.5 },
  status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
  verified: { type: "boolean", default: true },
};

const OPTIONS = ["option1", "option2", "option3"];
const TITLED = [
  { const: "value1", title: "First" },
  { const: "value2", title: "Second" },
  { const: "value3", title: "Third" },
];
const ENUMS: Properties = {
  untitledSingle: { type: "string", enum: OPTIONS },
  titledSingle: { type: "string", oneOf: TITLED },
  legacyEnum: {
    type: "string",
    enum: ["opt1", "opt2", "opt3"],
    enumNames: ["Option One", "Option Two", "Option Three"],
  },
  untitledMulti: { type: "array", items: { type: "string", enum: OPTIONS } },
  titledMulti: { type: "array", items: { anyOf: TITLED } },
};

const NAME = { name: { type: "string" } };
const OK = { ok: { type: "boolean" } };

/** Asks for a confirmation, and keeps something that only comes back unchanged. */
const confirm: Run = (_args, { client: { answers, state } }) => {
  if (!answers.confirm || state === undefined) {
    return ask({ confirm: elicit("Please confirm", OK) }, { kept: true });
  }
  return say("state-ok");
};

const askName: Run = (_args, { client: { answers } }) => {
  const name = acceptedContent(answers, "user_name")?.name;
  if (typeof name === "string") return say(`Hello, ${name}!`);
  return ask({ user_name: elicit("What is your name?", NAME) });
};

const askStepByStep: Run = (_args, { client: { answers, state } }) => {
  const name = (state as { name?: unknown } | undefined)?.name;
  const color = acceptedContent(answers, "step2")?.color;
  if (name !== undefined && color !== undefined) return say(`${name} likes ${color}`);
  const first = acceptedContent(answers, "step1")?.name;
  if (first === undefined) {
    return ask({ step1: elicit("Step 1: What is your name?", NAME) }, { step: 1 });
  }
  const COLOR = { color: { type: "string" } };
  return ask({ step2: elicit("Step 2: What is your favorite color?", COLOR) }, { name: first });
};

const askThrice: Run = (_args, { client: { answers } }) => {
  const asked = {
    user_name: elicit("What is your name?", NAME),
    greeting: sample("Generate a greeting", 50),
    client_roots: inputRequired.listRoots(),
  };
  const missing = Object.keys(asked).some((key) => answers[key] === undefined);
  return missing ? ask(asked, { kept: true }) : say(JSON.stringify(answers));
};

const askWhatIsOffered: Run = (_args, { client: { request, answers } }) => {
  if (Object.keys(answers).length > 0) return say("answered");
  const { [CLIENT_CAPABILITIES_META_KEY]: offered } = request.mcpReq.envelope as {
    [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities;
  };
  return ask({
    ...offered?.sampling && { question: sample("What is the capital of France?") },
    ...offered?.elicitation && { name: elicit("What is your name?", NAME) },
  });
};

const log: Run = async (_args, options) => {
  options.log("info", "Tool execution started");
  await pause();
  options.log("info", "Tool processing data");
  await pause();
  options.log("info", "Tool execution completed");
  return say("logged");
};

const report: Run = async (_args, { progress }) => {
  for (const done of [0, 50, 100]) {
    progress(done, 100);
    await pause(REPORT_MS);
  }
  return say("done");
};

/** Ends the stream before the result is there: a client that comes again is to get it. */
const reconnect: Run = async (_args, { client: { request } }) => {
  request.http?.closeSSE?.();
  await pause();
  return say("reconnected");
};

const trigger = (change: () => void): Run => () => {
  change();
  return say("changed");
};

const SCHEMA_2020: ObjectSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  $defs: {
    address: {
      $anchor: "addressDef",
      type: "object",
      properties: { street: { type: "string" }, city: { type: "string" } },
    },
  },
  properties: {
    name: { type: "string" },
    address: { $ref: "#/$defs/address" },
    contactMethod: { type: "string", enum: ["phone", "email"] },
    phone: { type: "string" },
    email: { type: "string" },
  },
  allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
  if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
  then: { required: ["phone"] },
  else: { required: ["email"] },
  additionalProperties: false,
};

const TEXT = { type: "string" };
/** Input schemas of tools that take something. */
const INPUTS: Record<string, ObjectSchema> = {
  json_schema_2020_12_tool: SCHEMA_2020,
  test_sampling: { type: "object", properties: { prompt: TEXT }, required: ["prompt"] },
  test_elicitation: { type: "object", properties: { message: TEXT }, required: ["message"] },
};

function createRuns({ changePrompts }: Hooks): Record<string, Run> {
  return {
    test_tool_with_logging: log,
    test_logging_tool: log,
    test_tool_with_progress: report,
    test_reconnection: reconnect,
    test_trigger_prompt_change: trigger(changePrompts),
    json_schema_2020_12_tool: () => say("valid"),
    test_sampling: askOnce(({ prompt }) => sample(String(prompt))),
    test_missing_capability: askOnce(() => sample("Only for clients with a model")),
    test_elicitation: askOnce(({ message }) =>
      elicit(String(message), { username: TEXT, email: TEXT })
    ),
    test_streaming_elicitation: askOnce(() => elicit("What is your name?", NAME)),
    test_elicitation_sep1034_defaults: askOnce(() => elicit("Defaults", DEFAULTS, [])),
    test_elicitation_sep1330_enums: askOnce(() => elicit("Enums", ENUMS, [])),
    test_input_required_result_elicitation: askName,
    test_input_required_result_sampling: askOnce(() => sample("What is the capital of France?")),
    test_input_required_result_list_roots: askOnce(() => inputRequired.listRoots()),
    test_input_required_result_request_state: confirm,
    test_input_required_result_tampered_state: confirm,
    test_input_required_result_multiple_inputs: askThrice,
    test_input_required_result_multi_round: askStepByStep,
    test_input_required_result_capabilities: askWhatIsOffered,
  };
}

/** The tools as `createMcpServer` takes them. */
export function createConformanceTools(hooks: Hooks) {
  const runs = createRuns(hooks);
  const names = [...Object.keys(CONTENT), ...Object.keys(runs)];
  const schemas = Object.fromEntries(names.map((name) => [name, schemasOf(name)]));
  return {
    tools: names.map(entryOf),
    schemas: () => Promise.resolve(schemas),
    callTool: async (name: string, args: Record<string, unknown>, options: CallOptions) =>
      CONTENT[name] ?? await runs[name]!(args, options as Options),
  };
}

function schemasOf(name: string): ToolSchemas {
  return { input: INPUTS[name] ?? { type: "object" }, output: { type: "object" } };
}

function entryOf(name: string): ToolEntry {
  const load = () => Promise.reject(new Error(`Cannot load "${name}": it has no module`));
  return { name, title: name, summary: `Conformance: ${name}`, effects: "none", load };
}
