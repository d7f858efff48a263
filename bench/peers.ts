import { join } from "node:path";
import { capture, run } from "../scripts/run.ts";

/** The other programs, and what all are measured on. */
export interface Peers {
  python: string;
  /** The folder of the scratch environment's programs. */
  bin: string;
  ruff: string;
  /** Python's own standard library. */
  lib: string;
  /** Every Python file in it but installed packages. */
  files: string[];
  /** A file that lists `files`, one a line. */
  list: string;
  versions: string[];
}

const RUFF = "ruff==0.17.3";
const PACKAGES = [RUFF, "radon==6.0.1", "flake8", "bandit", "black"];

/** Installs the peers from PyPI into a scratch environment under dist/. */
export async function installPeers(): Promise<Peers> {
  const scratch = new URL("../dist/bench/", import.meta.url).pathname;
  await Deno.mkdir(scratch, { recursive: true });
  const bin = join(scratch, "venv", "bin");
  await run("python3", ["-m", "venv", join(scratch, "venv")]);
  const python = join(bin, "python");
  await run(python, ["-m", "pip", "install", "--quiet", ...PACKAGES]);
  const lib = await standardLibrary(python);
  const files = (await pythonFiles(lib)).sort();
  const list = join(scratch, "files.txt");
  await Deno.writeTextFile(list, files.join("\n"));
  const { stdout } = await capture(python, ["-m", "pip", "list", "--format", "freeze"]);
  const versions = stdout.split("\n")
    .filter((line) => /^(ruff|radon|flake8|bandit|black)==/.test(line))
    .map((line) => line.replace("==", " "));
  return { python, bin, ruff: join(bin, "ruff"), lib, files, list, versions };
}

async function standardLibrary(python: string): Promise<string> {
  const code = "import sysconfig; print(sysconfig.get_path('stdlib'))";
  return (await capture(python, ["-c", code])).stdout.trim();
}

/** Files that are not UTF-8 are left out: devmcp says so and goes on, some peers stop at them. */
async function pythonFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory && name !== "site-packages") files.push(...await pythonFiles(path));
    if (isFile && name.endsWith(".py") && await isUtf8(path)) files.push(path);
  }
  return files;
}

async function isUtf8(path: string): Promise<boolean> {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(await Deno.readFile(path));
    return true;
  } catch {
    return false;
  }
}
