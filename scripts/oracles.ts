/**
 * Compares the engines with the programs they stand for, on Python's own standard library: metrics
 * with radon, findings and formatting with native Ruff of the same version; the same of JavaScript,
 * TypeScript, JSON and CSS with native Biome, from npm, on packages of npm;
 * projects of Markdown with markdownlint-cli2, from npm; other
 * languages' metrics with lizard, on what code there is; Go, shell, C and C++ as native gofmt, shfmt and
 * clang-format lay them out; and has the server's metrics read by
 * Prometheus' own client. The rest is installed from PyPI into .tools/oracles. The last
 * line is `N passed, N failed`.
 */
import { join } from "node:path";
import type { Comparison } from "../oracles/comparison.ts";
import {
  CLANG_FORMAT,
  installPythonPeers,
  LIZARD,
  PROMETHEUS,
  type PythonPeers,
  RADON,
  RUFF,
  SHFMT,
  TYPESHED,
} from "./python_peers.ts";
import { ROOT } from "./run.ts";
import { toSummaryLine } from "./test_counts.ts";

async function compareRadon({ python, lib }: PythonPeers): Promise<Comparison[]> {
  const { compareWithRadon } = await import("../oracles/radon.ts");
  return await compareWithRadon({ python, lib });
}

async function compareRuff({ ruff, lib }: PythonPeers): Promise<Comparison[]> {
  const { compareWithRuff } = await import("../oracles/ruff.ts");
  return await compareWithRuff({ ruff, lib });
}

async function compareStubs({ ruff, packages }: PythonPeers): Promise<Comparison[]> {
  const { compareStubs } = await import("../oracles/stubs.ts");
  return [await compareStubs({ ruff, folder: join(packages, "jedi/third_party/typeshed") })];
}

async function compareNotebooks({ ruff, lib }: PythonPeers): Promise<Comparison[]> {
  const { compareNotebooks } = await import("../oracles/notebooks.ts");
  return await compareNotebooks({ ruff, lib });
}

async function compareBiome(): Promise<Comparison[]> {
  const { compareWithBiome } = await import("../oracles/biome.ts");
  return await compareWithBiome();
}

async function compareMarkdownlint(): Promise<Comparison[]> {
  const { compareWithMarkdownlint } = await import("../oracles/markdown.ts");
  return await compareWithMarkdownlint();
}

async function compareLizard({ python }: PythonPeers): Promise<Comparison[]> {
  const { compareWithLizard } = await import("../oracles/lizard.ts");
  return await compareWithLizard({ python });
}

async function compareFormatters({ bin }: PythonPeers): Promise<Comparison[]> {
  const { compareWithFormatters } = await import("../oracles/formatters.ts");
  return await compareWithFormatters({ bin });
}

async function comparePrometheus({ python }: PythonPeers): Promise<Comparison[]> {
  const { compareWithPrometheus } = await import("../oracles/prometheus.ts");
  return await compareWithPrometheus(python);
}

/** Runs a comparison; that it cannot run is a failure like another. */
async function attempt(name: string, compare: () => Promise<Comparison[]>): Promise<Comparison[]> {
  const start = performance.now();
  const outcomes = await compare().catch((error) => {
    return [{ name: "runs", passed: false, detail: String(error?.stack ?? error) }];
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name} (${seconds} s)`);
  for (const { name, passed, detail } of outcomes) {
    const shown = passed ? detail.split("\n", 1)[0] : detail.replaceAll("\n", "\n  ");
    console.log(`  ${passed ? "ok  " : "FAIL"} ${name}: ${shown}`);
  }
  return outcomes;
}

const outcomes: Comparison[] = [];
try {
  const peers = await installPythonPeers(new URL(".tools/oracles/", ROOT), [
    RADON,
    RUFF,
    LIZARD,
    PROMETHEUS,
    SHFMT,
    CLANG_FORMAT,
    TYPESHED,
  ]);
  const comparisons = [
    attempt("radon", () => compareRadon(peers)),
    attempt("Ruff", () => compareRuff(peers)),
    attempt("Ruff, stubs", () => compareStubs(peers)),
    attempt("Ruff, notebooks", () => compareNotebooks(peers)),
    attempt("Biome", compareBiome),
    attempt("markdownlint-cli2", compareMarkdownlint),
    attempt("lizard", () => compareLizard(peers)),
    attempt("gofmt, shfmt, clang-format", () => compareFormatters(peers)),
    attempt("Prometheus", () => comparePrometheus(peers)),
  ];
  outcomes.push(...(await Promise.all(comparisons)).flat());
} catch (error) {
  console.log(`Cannot install the programs to compare with: ${error}`);
  outcomes.push({ name: "install", passed: false, detail: "" });
}
const passed = outcomes.filter((outcome) => outcome.passed).length;
const failed = outcomes.length - passed;
console.log(toSummaryLine({ passed, failed }));
Deno.exit(failed > 0 ? 1 : 0);
