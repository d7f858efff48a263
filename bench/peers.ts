import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  installPythonPeers,
  LIZARD,
  PYLINT,
  type PythonPeers,
  RADON,
  RUFF,
} from "../scripts/python_peers.ts";
import { capture } from "../scripts/run.ts";
import { decodeSource } from "../workspace/source.ts";

/** The other programs, and what all are measured on. */
export interface Peers extends PythonPeers {
  /** Every Python file in `lib` but installed packages. */
  files: string[];
  /** A file that lists `files`, one a line. */
  list: string;
  versions: string[];
}

const SCRATCH = new URL("../dist/bench/", import.meta.url);
const PACKAGES = [
  RUFF,
  RADON,
  LIZARD,
  PYLINT,
  "flake8==7.5.0",
  "bandit==1.9.4",
  "black==26.10.1",
  "fastmcp==4.1.2",
];

/** Installs the peers from PyPI into a scratch environment under dist/. */
export async function installPeers(): Promise<Peers> {
  const peers = await installPythonPeers(new URL("venv/", SCRATCH), PACKAGES);
  const files = (await pythonFiles(peers.lib)).sort();
  const list = fileURLToPath(new URL("files.txt", SCRATCH));
  await Deno.writeTextFile(list, files.join("\n"));
  const { stdout } = await capture(peers.python, ["-m", "pip", "list", "--format", "freeze"]);
  const versions = stdout.split("\n")
    .filter((line) => /^(ruff|radon|lizard|pylint|flake8|bandit|black|fastmcp)==/.test(line))
    .map((line) => line.replace("==", " "));
  return { ...peers, files, list, versions };
}

/** Files in another encoding, or of an unknown one, are left out: some peers stop at them. */
export async function pythonFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory && name !== "site-packages") files.push(...await pythonFiles(path));
    if (isFile && name.endsWith(".py") && isUtf8(await Deno.readFile(path))) files.push(path);
  }
  return files;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    return decodeSource(bytes, "").encoding === "utf-8";
  } catch {
    return false;
  }
}
