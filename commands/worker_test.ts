import { deepEqual, match, ok } from "node:assert/strict";
import { withFolder } from "../workspace/testing_folder.ts";
import { createCallPool } from "./calls/call_pool.ts";
import { CALLS } from "./serve/serve_calls.ts";

const CODE = "import os\n";
const quiet = { signal: new AbortController().signal, progress: () => {}, log: () => {} };

/** Calls a tool as an MCP server does. */
async function call(root: string, name: string, args: Record<string, unknown>) {
  const [outcome] = await callEach(root, [[name, args]]);
  return outcome!;
}

/** One after the other, in one worker as long as that is of use. */
async function callEach(root: string, calls: [name: string, args: Record<string, unknown>][]) {
  const url = new URL("./worker.ts", import.meta.url);
  const spawn = () => new Worker(url, { type: "module", name: CALLS });
  const pool = createCallPool({ spawn, root, size: 1 });
  try {
    const outcomes = [];
    for (const [name, args] of calls) outcomes.push(await pool.call(name, args, quiet));
    return outcomes;
  } finally {
    pool.close();
  }
}

Deno.test("a worker's tools heed the configuration of the workspace", () =>
  withFolder(
    { "devmcp.yaml": "code_review: { model: off, focus_areas: [security] }\n" },
    async (root) => {
      const configured = await call(root, "review_code", { code: CODE });
      ok(configured.ok);
      deepEqual([configured.output.issues, configured.output.model_notes], [[], undefined]);
      const given = await call(root, "review_code", { code: CODE, focus_areas: [] });
      ok(given.ok && (given.output.issues as unknown[]).length === 1);
    },
  ));

Deno.test("a worker's tools tell what the configuration gets wrong", () =>
  withFolder({ "devmcp.yaml": "code_generation: { test_framework: mocha }\n" }, async (root) => {
    const outcome = await call(root, "generate_tests", { code: CODE });
    ok(!outcome.ok);
    match(outcome.message, /code_generation\.test_framework must be one of .*"mocha"/);
  }));

Deno.test("a worker whose parser has lost its memory answers, and makes no further call", () =>
  withFolder({}, async (root) => {
    const review = (code: string): Parameters<typeof callEach>[1][0] => [
      "review_code",
      { code, language: "java" },
    ];
    const well = review("class A { void m() { if (a) {} } }\n");
    const outcomes = await callEach(root, [well, review("a=>".repeat(30_000)), well]);
    const rules = outcomes.map((outcome) =>
      outcome.ok && (outcome.output.issues as { rule: string }[]).map(({ rule }) => rule)
    );
    deepEqual(rules, [[], ["analysis-failed"], []]);
  }));
