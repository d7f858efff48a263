/** Our MCP server before the official conformance suite: each scenario is a test. */
import { type Results, runServerConformance } from "./conformance.ts";
import { type ConformanceRun, testRuns } from "./conformance_runs.ts";
import { startConformanceServer } from "./conformance_server.ts";
import { withHttpHost } from "./http_host.ts";

const CALLS = [
  "tools-list",
  "tools-call-simple-text",
  "tools-call-image",
  "tools-call-audio",
  "tools-call-embedded-resource",
  "tools-call-mixed-content",
  "tools-call-error",
  "tools-call-with-progress",
];
const CATALOGS = [
  "completion-complete",
  "resources-list",
  "resources-read-text",
  "resources-read-binary",
  "resources-templates-read",
  "prompts-list",
  "prompts-get-simple",
  "prompts-get-with-args",
  "prompts-get-embedded-resource",
  "prompts-get-with-image",
];
const TRANSPORT = ["server-sse-multiple-streams", "dns-rebinding-protection"];
/** What is gone since 2026-07-28. */
const OLDER = [
  "server-initialize",
  "ping",
  "logging-set-level",
  "tools-call-with-logging",
  "tools-call-sampling",
  "tools-call-elicitation",
  "elicitation-sep1034-defaults",
  "elicitation-sep1330-enums",
  "resources-subscribe",
  "resources-unsubscribe",
];
const NEWER = [
  "server-stateless",
  "sep-2164-resource-not-found",
  "caching",
  "http-header-validation",
  "input-required-result-basic-elicitation",
  "input-required-result-basic-sampling",
  "input-required-result-basic-list-roots",
  "input-required-result-request-state",
  "input-required-result-multiple-input-requests",
  "input-required-result-multi-round",
  "input-required-result-missing-input-response",
  "input-required-result-non-tool-request",
  "input-required-result-result-type",
  "input-required-result-unsupported-methods",
  "input-required-result-tampered-state",
  "input-required-result-capability-check",
  "input-required-result-ignore-extra-params",
  "input-required-result-validate-input",
];
const SCHEMAS = "json-schema-2020-12";
const PARAMETER_HEADERS = "http-custom-header-server-validation";
/** Of an extension. */
const TASKS = [
  "tasks-lifecycle",
  "tasks-capability-negotiation",
  "tasks-wire-fields",
  "tasks-request-state-removal",
  "tasks-mrtr-input",
  "tasks-request-headers",
  "tasks-dispatch-and-envelope",
  "tasks-status-notifications",
  "tasks-required-task-error",
  "tasks-mrtr-composition",
];

const VERSION = "0.2.0-alpha.12";
const RUNS: ConformanceRun[] = [
  {
    version: "0.1.16",
    args: ["--suite", "active"],
    alone: [],
    scenarios: [...CALLS, ...CATALOGS, ...TRANSPORT, ...OLDER],
  },
  {
    version: VERSION,
    args: ["--requirements", "2025-11-25"],
    alone: ["--spec-version", "2025-11-25"],
    scenarios: [
      ...CALLS,
      ...CATALOGS,
      ...TRANSPORT,
      ...OLDER,
      "server-session-lifecycle",
      "server-sse-polling",
      SCHEMAS,
    ],
  },
  {
    version: VERSION,
    args: ["--requirements", "2026-07-28"],
    alone: ["--spec-version", "2026-07-28"],
    scenarios: [
      ...CALLS,
      ...CATALOGS,
      ...TRANSPORT,
      ...NEWER,
      SCHEMAS,
      PARAMETER_HEADERS,
      ...TASKS,
    ],
  },
];

/** Why a scenario, which no revision requires, fails. Once one passes, this table is to be shortened. */
const FAILURES = new Map([
  [PARAMETER_HEADERS, "no tool of ours wants its arguments in headers"],
  ...TASKS.map((name) => [name, "an extension, which is not here: tasks"] as const),
]);

/** Those that need no tools, prompts or resources of the suite. */
const OF_THE_PRODUCT = [
  "server-initialize",
  "server-session-lifecycle",
  "ping",
  "logging-set-level",
  "tools-list",
  "resources-list",
  "prompts-list",
  "sep-2164-resource-not-found",
  "caching",
  "http-header-validation",
  "input-required-result-unsupported-methods",
  ...TRANSPORT,
];

async function testFixture(version: string, args: string[]): Promise<Results> {
  const server = startConformanceServer();
  try {
    return await runServerConformance(version, args, server.url);
  } finally {
    await server.close();
  }
}

async function testProduct(version: string, args: string[]): Promise<Results> {
  let results: Results = new Map();
  await withHttpHost(async ({ url }) => {
    results = await runServerConformance(version, args, url);
  });
  return new Map([...results].filter(([name]) => OF_THE_PRODUCT.includes(name)));
}

const ofTheProduct = RUNS.map((run) => ({
  ...run,
  scenarios: run.scenarios.filter((name) => OF_THE_PRODUCT.includes(name)),
}));

testRuns("server conformance", RUNS, testFixture, FAILURES);
testRuns("conformance of devmcp serve --http", ofTheProduct, testProduct, new Map());
