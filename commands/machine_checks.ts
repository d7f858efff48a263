import { dirname, isAbsolute, join } from "node:path";
import { DEFAULT_SETTINGS } from "../analysis/ruff/ruff_settings.ts";
import type { App } from "../cli/app.ts";
import { messageOf } from "../config/message_of.ts";
import { probeWrite } from "../config/probe_write.ts";
import { sessionsFolder } from "../sessions/create_session_store.ts";
import { type Check, guarded } from "./check.ts";
import { checkSettings } from "./settings_check.ts";

/** What a review of a large project takes at most. */
const ENOUGH_MEMORY_MB = 600;

/** Checks one thing after the other, each for real: the engines are loaded and asked. */
export async function* checkMachine(app: App): AsyncGenerator<Check> {
  yield checkProgram(app);
  yield await guarded("linter", () => checkRuff(app));
  yield await guarded("parser", () => checkParser(app));
  yield await guarded("configuration", () => checkConfiguration(app));
  for (const check of await checkSettings(app)) yield check;
  yield await guarded("folder", () => checkFolder(app));
  yield await guarded("sessions", () => checkSessions(app));
  yield checkMachineSize();
  yield checkTerminal(app);
  yield await checkGit(app);
  yield await checkSandbox(app);
}

function checkProgram({ version }: App): Check {
  const size = Deno.build.standalone
    ? `${Math.round(Deno.statSync(Deno.execPath()).size / 1e6)} MB`
    : "run from source";
  const detail = `${version}, ${Deno.build.target}, Deno ${Deno.version.deno}, ${size}`;
  return { name: "devmcp", state: "ok", detail };
}

async function checkRuff({ engines }: App): Promise<Omit<Check, "name">> {
  const { value: ruff, ms: loaded } = await timed(() => engines.ruff());
  const { value: issues, ms } = await timed(() => ruff.lint("import os\n", DEFAULT_SETTINGS));
  if (issues.map(({ rule }) => rule).join() !== "F401") {
    throw new Error(`Ruff ${ruff.version} did not find an unused import`);
  }
  return {
    state: "ok",
    detail: `Ruff ${ruff.version}, loads in ${loaded} ms, answers in ${ms} ms`,
  };
}

async function checkParser({ engines }: App): Promise<Omit<Check, "name">> {
  const { value: parser, ms: loaded } = await timed(() => engines.python());
  const { value: complexity, ms } = await timed(async () => {
    const { measureComplexity } = await import("../analysis/complexity.ts");
    return measureComplexity(parser.parse("def f(a):\n    if a:\n        return 1\n"));
  });
  if (complexity.functions[0]?.cyclomatic !== 2) {
    throw new Error("tree-sitter did not find the branch of a function");
  }
  return { state: "ok", detail: `tree-sitter, loads in ${loaded} ms, answers in ${ms} ms` };
}

async function checkConfiguration(app: App): Promise<Omit<Check, "name">> {
  const workspace = await app.openWorkspace(app.cwd);
  const { source, choosesRules } = await workspace.ruffSettings();
  if (source === null) return { state: "ok", detail: "none found: devmcp's own rules hold" };
  // Only the engine itself knows whether it accepts what the file says.
  (await app.engines.ruff()).lint("", await workspace.ruffSettings());
  const rules = choosesRules ? "its rules hold" : "devmcp's own rules hold";
  return { state: "ok", detail: `${source}, ${rules}` };
}

async function checkFolder({ cwd }: App): Promise<Omit<Check, "name">> {
  return await checkWritable(cwd, cwd, "review and complexity work; format needs write access");
}

/** What `devmcp chat` needs of the disk; the folder itself is made by the first session. */
async function checkSessions({ env }: App): Promise<Omit<Check, "name">> {
  const folder = sessionsFolder(env);
  const advice = "chat works with --no-save; XDG_STATE_HOME chooses another folder";
  return await checkWritable(folder, await existingFolder(folder), advice);
}

/** @param existing the folder that is written to, to find out */
async function checkWritable(
  folder: string,
  existing: string,
  advice: string,
): Promise<Omit<Check, "name">> {
  try {
    await probeWrite(existing);
    return { state: "ok", detail: `${folder} can be written` };
  } catch (error) {
    const reason = messageOf(error);
    return { state: "warning", detail: `${folder} cannot be written: ${reason}`, advice };
  }
}

async function existingFolder(path: string): Promise<string> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info || dirname(path) === path ? path : await existingFolder(dirname(path));
}

function checkMachineSize(): Check {
  const { total, available } = Deno.systemMemoryInfo();
  const [totalMb, availableMb] = [total, available].map((bytes) => Math.round(bytes / 1e6));
  const detail = `${navigator.hardwareConcurrency} processors, ` +
    `${totalMb} MB of memory, ${availableMb} MB available`;
  return availableMb! >= ENOUGH_MEMORY_MB
    ? { name: "machine", state: "ok", detail }
    : { name: "machine", state: "warning", detail, advice: "give --jobs 1 for large projects" };
}

function checkTerminal({ stdout, env }: App): Check {
  const { isTerminal, columns, color: hasColor } = stdout.screen ?? stdout;
  const size = isTerminal ? `${columns} columns` : "standard output is no terminal";
  const color = hasColor ? "colours on" : "colours off";
  const because = env("NO_COLOR") ? " (NO_COLOR)" : env("TERM") === "dumb" ? " (TERM=dumb)" : "";
  return { name: "terminal", state: "ok", detail: `${size}, ${color}${because}` };
}

async function checkGit({ env }: App): Promise<Check> {
  const file = await findOnPath("git", env);
  return file
    ? { name: "git", state: "ok", detail: file }
    : { name: "git", state: "warning", detail: "not on PATH", advice: installAdvice("git") };
}

/** Bubblewrap confines what is run. No command runs code that is not ours yet, so none needs it. */
async function checkSandbox({ env }: App): Promise<Check> {
  const file = Deno.build.os === "linux" ? await findOnPath("bwrap", env) : undefined;
  const found = file ? `bubblewrap, ${file}` : "none";
  return { name: "sandbox", state: "ok", detail: `${found}; no command needs one yet` };
}

function installAdvice(name: string): string {
  if (Deno.build.os === "darwin") return `brew install ${name}`;
  return Deno.build.os === "windows"
    ? `winget install ${name}`
    : `apt install ${name}, or what your system calls it`;
}

async function findOnPath(name: string, env: App["env"]): Promise<string | undefined> {
  const isWindows = Deno.build.os === "windows";
  const file = isWindows ? `${name}.exe` : name;
  for (const folder of (env("PATH") ?? "").split(isWindows ? ";" : ":").filter(isAbsolute)) {
    const path = join(folder, file);
    const info = await Deno.stat(path).catch(() => undefined);
    if (info?.isFile && (isWindows || (info.mode ?? 0) & 0o111)) return path;
  }
  return undefined;
}

async function timed<T>(work: () => T | Promise<T>): Promise<{ value: T; ms: number }> {
  const start = performance.now();
  const value = await work();
  return { value, ms: Math.round(performance.now() - start) };
}
