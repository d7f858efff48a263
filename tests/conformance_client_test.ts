/** devmcp as an MCP client before the official conformance suite: each scenario is a test. */
import assert from "node:assert/strict";
import { describeProblems, runConformance } from "./conformance.ts";
import { type ConformanceRun, testRuns } from "./conformance_runs.ts";

const CORE = ["initialize", "tools_call", "elicitation-sep1034-client-defaults", "sse-retry"];
const AUTH = [
  "auth/metadata-default",
  "auth/metadata-var1",
  "auth/metadata-var2",
  "auth/metadata-var3",
  "auth/basic-cimd",
  "auth/scope-from-www-authenticate",
  "auth/scope-from-scopes-supported",
  "auth/scope-omitted-when-undefined",
  "auth/scope-step-up",
  "auth/scope-retry-limit",
  "auth/token-endpoint-auth-basic",
  "auth/token-endpoint-auth-post",
  "auth/token-endpoint-auth-none",
  "auth/pre-registration",
  "auth/client-credentials-jwt",
  "auth/client-credentials-basic",
];
const NEWER_AUTH = [
  "auth/resource-mismatch",
  "auth/offline-access-scope",
  "auth/offline-access-not-supported",
];
/** Extensions, which no revision requires. */
const EXTENSIONS = [
  "auth/enterprise-managed-authorization",
  "auth/dpop",
  "auth/dpop-nonce",
  "auth/wif-jwt-bearer",
];
const SCHEMAS = "json-schema-2020-12-preservation";
const BACKCOMPAT = "auth/2025-03-26-oauth-metadata-backcompat";

const RUNS: ConformanceRun[] = [
  {
    version: "0.1.16",
    args: ["--suite", "all"],
    alone: [],
    scenarios: [
      ...CORE,
      ...AUTH,
      ...NEWER_AUTH,
      BACKCOMPAT,
      "auth/2025-03-26-oauth-endpoint-fallback",
      "auth/cross-app-access-complete-flow",
    ],
  },
  {
    version: "0.2.0-alpha.12",
    args: ["--requirements", "2025-11-25"],
    alone: ["--spec-version", "2025-11-25"],
    scenarios: [...CORE, ...AUTH, ...EXTENSIONS, SCHEMAS],
  },
  {
    version: "0.2.0-alpha.12",
    args: ["--requirements", "2026-07-28"],
    alone: ["--spec-version", "2026-07-28"],
    scenarios: [
      "tools_call",
      "request-metadata",
      ...AUTH,
      ...NEWER_AUTH,
      ...EXTENSIONS,
      SCHEMAS,
      "auth/authorization-server-migration",
      "auth/iss-supported",
      "auth/iss-not-advertised",
      "auth/iss-supported-missing",
      "auth/iss-wrong-issuer",
      "auth/iss-unexpected",
      "auth/iss-normalized",
      "auth/metadata-issuer-mismatch",
      "sep-2322-client-request-state",
      "http-standard-headers",
      "http-custom-headers",
      "http-invalid-tool-headers",
      "json-schema-ref-no-deref",
    ],
  },
];

/** Why a scenario fails. Once one passes, this table is to be shortened. */
const FAILURES = new Map([
  [BACKCOMPAT, "describes an issuer that RFC 8414 forbids to believe; the SDK refuses it, too"],
  ["auth/dpop", "an extension, which is not here: tokens bound to a key"],
  ["auth/dpop-nonce", "an extension, which is not here: tokens bound to a key"],
  ["auth/wif-jwt-bearer", "an extension, which is not here: identities of workloads"],
]);

testRuns("conformance", RUNS, runConformance, FAILURES);

for (const [scenario, passes] of [["auth/metadata-default", true], [BACKCOMPAT, false]] as const) {
  Deno.test(`conformance: the bare SDK ${passes ? "passes" : "fails"} ${scenario}`, async () => {
    const client = "conformance_sdk_client.ts";
    const results = await runConformance("0.1.16", ["--scenario", scenario], client);
    assert.equal(describeProblems(results.get(scenario) ?? []) === "", passes);
  });
}
