/**
 * Compares gofmt, shfmt and clang-format as they are built in with the native programs, byte by byte, on
 * the source code that the machine has: `deno run -A oracles/formatters.ts --bin FOLDER`, where FOLDER
 * holds shfmt and clang-format. Go's files are compared where Go is installed.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { loadAsset } from "../assets/load.ts";
import { CLANG_FORMAT, GOFMT, SHFMT } from "../analysis/built_in_engines.ts";
import type { EngineEntry, Formatter } from "../analysis/engine.ts";
import { FORMATTERS } from "../analysis/formatters.ts";
import { type LanguageId, languageOfName } from "../analysis/languages.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { STYLE_PROJECTS } from "./style_projects.ts";
import { walkSync } from "./walk_sync.ts";
import { type Comparison, tell } from "./comparison.ts";

interface Peer {
  entry: EngineEntry<Formatter>;
  language: LanguageId;
  /** The native program and its options, before the file's name. */
  command: string[];
  roots: string[];
  files: RegExp;
}

/** Files of one language at most, spread over what was found. */
const MAX_FILES = 600;
const MAX_BYTES = 200_000;
/** Share of files that WebAssembly has no room for: long tables of Go, in TinyGo's stack of 64 kB. */
const REFUSED = 0.01;

/** Runs the comparisons; takes about a minute. */
export async function compareWithFormatters({ bin }: { bin: string }): Promise<Comparison[]> {
  const goRoot = spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" }).stdout?.trim();
  const system = ["/usr", "/etc", ...goRoot ? [goRoot] : []];
  const peers: Peer[] = [
    {
      entry: SHFMT,
      language: "shell",
      // Ours takes `#!/bin/sh` for Bash; and an .editorconfig above a file is another comparison.
      command: [join(bin, "shfmt"), "-ln=bash", "-i=0"],
      roots: system,
      files: /\.(sh|bash)$/,
    },
    {
      entry: CLANG_FORMAT,
      language: "c",
      command: [join(bin, "clang-format"), "--style=LLVM"],
      roots: ["/usr/include", "/usr/lib", ...goRoot ? [goRoot] : []],
      files: /\.(c|h|cc|cpp|hpp)$/,
    },
  ];
  const go: Peer[] = goRoot
    ? [{
      entry: GOFMT,
      language: "go",
      command: [join(goRoot, "bin", "gofmt")],
      roots: [join(goRoot, "src"), join(goRoot, "test")],
      files: /\.go$/,
    }]
    : [];
  return await Promise.all([...[...go, ...peers].map(compare), ...compareProjects(bin)]);
}

/** Each project with its own configuration, which the workspace finds; what is left out stays. */
function compareProjects(bin: string): Promise<Comparison>[] {
  return Object.entries(STYLE_PROJECTS).map(async ([name, files]) => {
    const folder = mkdtempSync(join(tmpdir(), "style-oracle-"));
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const code = Object.keys(files).filter((path) => /\.(?:[ch]|cc|sh|bash)$/.test(path));
      const different = [];
      for (const path of code) {
        if (await formatConfigured(folder, path) !== formatInPlace(bin, folder, path)) {
          different.push(path);
        }
      }
      const detail = [`${code.length} files, ${different.length} differ`, ...different].join(
        "\n    ",
      );
      return { name, passed: different.length === 0, detail };
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

async function formatConfigured(folder: string, path: string): Promise<string> {
  const language = languageOfName(path)!, entry = FORMATTERS[language]!;
  const engine = await entry.load((name) => loadAsset(name as Parameters<typeof loadAsset>[0]));
  const config = await openWorkspace(folder).engineConfig(path, entry.configFiles);
  const text = readFileSync(join(folder, path), "utf8");
  return await engine.format({ path: join(folder, path), language, text }, { config });
}

function formatInPlace(bin: string, folder: string, path: string): string {
  const [program, ...args] = /sh$/.test(path) ? ["shfmt", "-w"] : ["clang-format", "-i"];
  const { error } = spawnSync(join(bin, program!), [...args, path], { cwd: folder });
  if (error) throw error;
  return readFileSync(join(folder, path), "utf8");
}

async function compare(peer: Peer): Promise<Comparison> {
  const engine = await peer.entry.load((name) =>
    loadAsset(name as Parameters<typeof loadAsset>[0])
  );
  const counts = { same: 0, refused: 0, ours: 0, again: 0 };
  const different: string[] = [];
  for (const path of sample(peer)) {
    const text = decode(readFileSync(path));
    if (text === undefined) continue;
    const source = { path, language: peer.language, text };
    const format = (text: string) => Promise.try(() => engine.format({ ...source, text }, {}));
    const theirs = native(peer.command, path);
    const result = await format(text).catch((error: Error) => error);
    if (result instanceof Error) {
      if (theirs === undefined) counts.refused++;
      else if (/too large or nested/.test(result.message)) counts.ours++;
      else different.push(`${path}: ${result.message}`);
    } else if (result !== theirs) different.push(path);
    else {
      counts.same++;
      if (await format(result).catch(() => "") !== result) counts.again++;
    }
  }
  const { same, refused, ours, again } = counts;
  return {
    name: `formatted bytes, ${peer.entry.name}`,
    passed: same > 0 && different.length === 0 && ours <= same * REFUSED,
    detail: `${same} identical, ${refused} refused by both, ${ours} too large for ours, ` +
      `${different.length} differ; ${again} change when formatted again` +
      different.slice(0, 5).map((line) => `\n    ${line}`).join(""),
  };
}

function sample({ roots, files }: Peer): string[] {
  const found = roots.flatMap((root) => walkSync(root, files, MAX_BYTES)).sort();
  const every = Math.max(1, Math.floor(found.length / MAX_FILES));
  return found.filter((_, index) => index % every === 0).slice(0, MAX_FILES);
}

/** Undefined for what is no UTF-8, and where a byte order mark stands: gofmt takes that away. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith("\ufeff") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Undefined where the program refuses the file. */
function native([program, ...args]: string[], path: string): string | undefined {
  const options = { encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  const { status, stdout, error } = spawnSync(program!, [...args, path], options);
  if (error) throw error;
  return status === 0 ? stdout : undefined;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { bin: { type: "string", default: "" } } });
  tell(await compareWithFormatters({ bin: values.bin }));
}
