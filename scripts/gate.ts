/**
 * The gate: everything that has to hold, the compiled binary included. The last line is
 * `N passed, N failed`; a step that is no test run counts as one.
 */
import { fileURLToPath } from "node:url";
import { build } from "./build.ts";
import { packAssets } from "./assets.ts";
import { describeGaps, lineCoverage, parseLcov } from "./coverage.ts";
import { failedOutput } from "./failed_output.ts";
import { capture, type Captured, ROOT } from "./run.ts";
import { isProduct, listSources } from "./sources.ts";
import { type Counts, countTests, sumCounts, toSummaryLine } from "./test_counts.ts";

const MINIMAL_COVERAGE = 85;
const ARCHITECTURE = "tests/architecture_test.ts";

const BINARY = fileURLToPath(
  new URL(Deno.build.os === "windows" ? "devmcp.exe" : "devmcp", ROOT),
);

/** Run by whole-program tests, with effects when loaded: unit tests do not cover them. */
const ENTRY_POINTS = ["main.ts", "commands/worker.ts"];

interface Outcome extends Counts {
  /** What the step had to say; shown when it failed. */
  output: string;
}

interface Step {
  name: string;
  run(): Promise<Outcome>;
}

const steps: Step[] = [
  { name: "fmt", run: () => checkWith(["fmt", "--check"]) },
  { name: "lint", run: () => checkWith(["lint"]) },
  { name: "check", run: () => checkWith(["check", "--quiet"]) },
  { name: "assets", run: () => attempt(packAssets) },
  { name: "gen", run: () => checkWith(["run", "-A", "scripts/gen.ts", "--check"]) },
  { name: "doc tests", run: runDocTests },
  { name: "unit tests", run: runUnitTests },
  { name: "coverage", run: checkCoverage },
  { name: "architecture", run: () => runTests([ARCHITECTURE]) },
  { name: "build", run: buildProgram },
  { name: "whole program", run: runProgramTests },
];

/** A step that takes longer hangs, and says so instead. */
const STEP_MINUTES = 10;

async function deno(args: string[], env: Record<string, string> = {}): Promise<Captured> {
  const signal = AbortSignal.timeout(STEP_MINUTES * 60_000);
  const quiet = { NO_COLOR: "1", RUST_BACKTRACE: "0" };
  const result = await capture(Deno.execPath(), args, { env: { ...quiet, ...env }, signal });
  if (signal.aborted) result.stdout += `\nit did not end within ${STEP_MINUTES} minutes\n`;
  return result;
}

async function checkWith(args: string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await deno(args);
  return outcome(code === 0, stdout + stderr);
}

async function attempt(work: () => Promise<unknown>): Promise<Outcome> {
  return await work().then(() => outcome(true, ""), (error) => outcome(false, String(error)));
}

function outcome(passed: boolean, output: string): Outcome {
  return { passed: Number(passed), failed: Number(!passed), output };
}

/** What the reporter writes for each test where there is no terminal. */
const PROGRESS_LINE = /^[.,!]\n/gm;

async function runTests(args: string[], env?: Record<string, string>): Promise<Outcome> {
  const options = ["--allow-all", "--parallel", "--quiet", "--reporter=dot"];
  const { code, stdout, stderr } = await deno(["test", ...options, ...args], env);
  const output = (stderr + stdout).replaceAll(PROGRESS_LINE, "");
  return { ...countTests(output, code), output };
}

async function runDocTests(): Promise<Outcome> {
  const files: string[] = [];
  for (const path of (await listSources()).filter(isProduct)) {
    if (/^\s*\* ```(ts|typescript)/m.test(await Deno.readTextFile(new URL(path, ROOT)))) {
      files.push(path);
    }
  }
  if (files.length === 0) return { passed: 0, failed: 0, output: "no examples" };
  return await runTests(["--doc", ...files]);
}

async function runUnitTests(): Promise<Outcome> {
  await Deno.remove(new URL("coverage", ROOT), { recursive: true }).catch(() => {});
  const loader = await writeLoader();
  const tests = (await listSources()).filter((path) =>
    path.endsWith("_test.ts") && !path.startsWith("tests/")
  );
  try {
    return await runTests(["--coverage=coverage", "--no-check", loader, ...tests]);
  } finally {
    await Deno.remove(loader);
  }
}

/** Loads every file of the program, so that one without a test counts as not covered. */
async function writeLoader(): Promise<string> {
  const paths = (await listSources()).filter(isProduct).filter((path) =>
    !ENTRY_POINTS.includes(path)
  );
  const loader = await Deno.makeTempFile({ suffix: "_test.ts" });
  const imports = paths.map((path) => `import ${JSON.stringify(new URL(path, ROOT).href)};\n`);
  await Deno.writeTextFile(loader, imports.join(""));
  return loader;
}

async function checkCoverage(): Promise<Outcome> {
  const { code, stdout, stderr } = await deno(["coverage", "--lcov", "coverage"]);
  if (code !== 0) return outcome(false, stderr);
  const root = fileURLToPath(ROOT);
  const files = parseLcov(stdout)
    .map((file) => ({ ...file, path: file.path.replace(root, "") }))
    .filter(({ path }) => isProduct(path));
  const percent = lineCoverage(files);
  const verdict = `${percent.toFixed(1)} % of lines, at least ${MINIMAL_COVERAGE} % wanted`;
  return outcome(percent >= MINIMAL_COVERAGE, `${verdict}\n${describeGaps(files)}`);
}

async function buildProgram(): Promise<Outcome> {
  await Deno.remove(BINARY).catch(() => {});
  return await attempt(() => build(Deno.build.target));
}

async function runProgramTests(): Promise<Outcome> {
  const isBuilt = await Deno.stat(BINARY).then(() => true, () => false);
  if (!isBuilt) return outcome(false, "there is no binary to test");
  return await runTests(["tests", `--ignore=${ARCHITECTURE}`], { DEVMCP_BIN: BINARY });
}

async function runStep({ name, run }: Step): Promise<Outcome> {
  const start = performance.now();
  const result = await run().catch((error) => outcome(false, String(error)));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${result.failed ? "FAIL" : "ok  "} ${name}: ${toSummaryLine(result)} (${seconds} s)`,
  );
  const shown = result.failed
    ? failedOutput(result.output)
    : name === "coverage"
    ? result.output
    : "";
  if (shown) console.log(shown.trimEnd());
  return result;
}

const outcomes: Outcome[] = [];
for (const step of steps) outcomes.push(await runStep(step));
const total = sumCounts(outcomes);
console.log(toSummaryLine(total));
Deno.exit(total.failed > 0 ? 1 : 0);
