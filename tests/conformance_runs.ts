/** Makes a test of each scenario that runs of the official conformance suite have. */
import assert from "node:assert/strict";
import { describeProblems, type Results } from "./conformance.ts";

export interface ConformanceRun {
  /** Of the suite. */
  version: string;
  args: string[];
  /** With which one scenario runs as it does in this run. */
  alone: string[];
  /** All that it has. */
  scenarios: string[];
}

type RunSuite = (version: string, args: string[]) => Promise<Results>;

/**
 * Tests that each run has exactly its scenarios, and that each holds.
 *
 * @param failures why a scenario fails, by its name; once one passes, its test fails
 */
export function testRuns(
  name: string,
  runs: ConformanceRun[],
  runSuite: RunSuite,
  failures: Map<string, string>,
): void {
  const started: Promise<Results>[] = [];

  /** One run after the other: each keeps the processors busy. */
  function resultsOf(index: number): Promise<Results> {
    const { version, args } = runs[index]!;
    const before = index === 0 ? Promise.resolve() : resultsOf(index - 1).catch(() => {});
    return started[index] ??= Promise.resolve(before).then(() => runSuite(version, args));
  }

  /** What is wrong also when the scenario has the machine for itself: some measure times. */
  async function problemsOf(index: number, scenario: string): Promise<string> {
    const checks = (await resultsOf(index)).get(scenario) ?? [];
    if (describeProblems(checks) === "") return "";
    const { version, alone } = runs[index]!;
    const again = await runSuite(version, ["--scenario", scenario, ...alone]);
    return describeProblems(again.get(scenario) ?? []);
  }

  for (const [index, { version, args, scenarios }] of runs.entries()) {
    const title = `${name} ${version} ${args[1]}`;

    Deno.test(`${title} has the scenarios that are expected`, async () => {
      assert.deepEqual([...(await resultsOf(index)).keys()].sort(), scenarios.toSorted());
    });

    for (const scenario of scenarios) {
      const reason = failures.get(scenario);
      Deno.test(`${title}: ${scenario}${reason ? ` fails: ${reason}` : ""}`, async () => {
        if (!reason) return assert.equal(await problemsOf(index, scenario), "");
        const problems = describeProblems((await resultsOf(index)).get(scenario) ?? []);
        assert.notEqual(problems, "", "it passes now: take it out of the table");
      });
    }
  }
}
