/** Installs the Python programs that devmcp is compared with, each version said once. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import project from "../deno.json" with { type: "json" };
import { capture, run } from "./run.ts";

export const RADON = "radon==6.0.1";
/** Holds the stubs of typeshed. */
export const TYPESHED = "jedi==0.19.2";
export const PRE_COMMIT = "pre-commit==4.7.0";
export const PYLINT = "pylint==4.1.4";
export const LIZARD = "lizard==1.24.3";
export const PROMETHEUS = "prometheus-client==0.26.0";
/** What reads the reports of `devmcp review`. */
export const REPORT_READERS = [
  "jsonschema==4.26.0",
  "rfc3987-syntax==1.1.0",
  "junitparser==5.0.3",
  "lxml==6.1.3",
];
/** Packages whose sources hold the schemas of such reports. */
export const SCHEMA_SOURCES = ["sarif-om==1.0.4", "pytest==8.3.4"];
/** The version that shfmt's WebAssembly is built from, 3.13.1, which nothing in its package says. */
export const SHFMT = "shfmt-py==4.0.0";
/** Of the same version as the clang-format built in. */
export const CLANG_FORMAT = `clang-format==${
  project.imports["@wasm-fmt/clang-format"].split("@").pop()
}`;
/** Of the same version as the Ruff built in. */
export const RUFF = `ruff==${project.imports["@astral-sh/ruff-wasm-nodejs"].split("@").pop()}`;

/** A virtual environment of Python. */
export interface PythonPeers {
  python: string;
  /** The folder of the environment's programs. */
  bin: string;
  ruff: string;
  /** The folder of Python's own standard library. */
  lib: string;
  /** The folder of the packages that were installed. */
  packages: string;
}

/**
 * Installs packages from PyPI into an environment of their own; wants python3 with venv.
 *
 * @param packages as pip takes them, {@link RUFF} among them
 */
export async function installPythonPeers(folder: URL, packages: string[]): Promise<PythonPeers> {
  const environment = fileURLToPath(folder);
  const bin = join(environment, Deno.build.os === "windows" ? "Scripts" : "bin");
  const python = join(bin, "python");
  await run("python3", ["-m", "venv", environment]);
  const quiet = ["--quiet", "--disable-pip-version-check"];
  await run(python, ["-m", "pip", "install", ...quiet, ...packages]);
  const code = "import sysconfig\nfor one in 'stdlib', 'purelib': print(sysconfig.get_path(one))";
  const { stdout } = await capture(python, ["-c", code]);
  const [lib, purelib] = stdout.trim().split(/\r?\n/) as [string, string];
  return { python, bin, ruff: join(bin, "ruff"), lib, packages: purelib };
}
