import assert from "node:assert/strict";
import { ToolError } from "../config/tool_error.ts";
import type { Engine, EngineEntry, Formatter, Linter } from "./engine.ts";
import { createEngines } from "./engines.ts";
import { formatWith } from "./format_with.ts";
import { lintWith } from "./lint_with.ts";

const source = { path: "a.xyz", language: "css", text: "x" } as const;
const engines = createEngines(() => Promise.reject(new Error("nothing is embedded")));

/** An engine that does its first work as told and then well. */
function entryOf(first: () => never): EngineEntry<Linter & Formatter> & { loads: number } {
  let done = false;
  const fail = () => {
    if (done) return;
    done = true;
    first();
  };
  const about: Engine = { name: "Odd", version: "1" };
  const entry = {
    ...about,
    configFiles: [],
    loads: 0,
    load() {
      entry.loads++;
      return Promise.resolve({
        ...about,
        lint: () => (fail(), []),
        format: ({ text }: { text: string }) => (fail(), text),
      });
    },
  };
  return entry;
}

Deno.test("lintWith() tells of an engine that fails, and makes it anew", async () => {
  const entry = entryOf(() => {
    throw new WebAssembly.RuntimeError("unreachable\n  at x");
  });
  const [issue] = await lintWith(engines, entry, source);
  assert.equal(issue!.rule, "analysis-failed");
  assert.equal(issue!.message, "This file cannot be analysed: Odd failed (unreachable)");
  assert.deepEqual(await lintWith(engines, entry, source), []);
  assert.equal(entry.loads, 2);
});

Deno.test("formatWith() tells of an engine that fails, and makes it anew", async () => {
  const entry = entryOf(() => {
    throw new RangeError("too deep");
  });
  await assert.rejects(formatWith(engines, entry, source), {
    name: "ToolError",
    message: 'Cannot format "a.xyz": Odd failed (too deep)',
  });
  assert.equal(await formatWith(engines, entry, source), "x");
  assert.equal(entry.loads, 2);
});

Deno.test("lintWith() and formatWith() pass on what is wrong with a configuration", async () => {
  for (const work of [lintWith, formatWith]) {
    const entry = entryOf(() => {
      throw new ToolError('Cannot use "odd.json": it is odd');
    });
    await assert.rejects(work(engines, entry, source), /^ToolError: Cannot use "odd.json"/);
    await work(engines, entry, source);
    assert.equal(entry.loads, 1);
  }
});
