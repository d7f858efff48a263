/**
 * Finds tmux, the terminal that the tests type on. Where it is not installed, Debian's and Ubuntu's
 * package and what it needs are unpacked into .tools/tmux, which needs no root.
 */
import { fileURLToPath } from "node:url";
import { capture, ROOT } from "./run.ts";

export interface Tmux {
  program: string;
  env: Record<string, string>;
}

const FOLDER = new URL(".tools/tmux/", ROOT);
/** Part of every system. */
const ALWAYS_THERE = /^libc6|^libgcc|^gcc-/;

/** @throws when there is none and it cannot be fetched */
export async function findTmux(): Promise<Tmux> {
  const installed = { program: "tmux", env: {} };
  if (await runs(installed)) return installed;
  const own = await unpackedTmux();
  if (await runs(own)) return own;
  await fetchTmux();
  const fetched = await unpackedTmux();
  if (await runs(fetched)) return fetched;
  throw new Error("Cannot run tmux, which types in these tests: install it (apt-get install tmux)");
}

async function runs({ program, env }: Tmux): Promise<boolean> {
  try {
    return (await capture(program, ["-V"], { env })).code === 0;
  } catch {
    return false;
  }
}

async function unpackedTmux(): Promise<Tmux> {
  const path = (name: string) => fileURLToPath(new URL(name, FOLDER));
  const libraries = [path("usr/lib"), path("lib")];
  for (const folder of [...libraries]) {
    libraries.push(...await foldersIn(folder));
  }
  return { program: path("usr/bin/tmux"), env: { LD_LIBRARY_PATH: libraries.join(":") } };
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.filter((one) => one.isDirectory).map(({ name }) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

/** Debian's packages, unpacked but not installed. */
async function fetchTmux(): Promise<void> {
  await Deno.mkdir(FOLDER, { recursive: true });
  const lists = await downloads([]) ? [] : await ownLists();
  const { stdout } = await apt("apt-cache", ["depends", "tmux"], lists);
  const needed = [...stdout.matchAll(/^ +(?:Pre)?Depends: ([a-z0-9.+-]+)$/gm)].map(([, name]) =>
    name!
  );
  await downloads(lists, needed.filter((name) => !ALWAYS_THERE.test(name)));
  for await (const { name } of Deno.readDir(FOLDER)) {
    if (name.endsWith(".deb")) await apt("dpkg", ["-x", name, "."], []);
  }
}

async function downloads(lists: string[], packages: string[] = ["tmux"]): Promise<boolean> {
  return (await apt("apt-get", ["download", ...packages], lists)).code === 0;
}

/** The lists of packages where nobody has fetched them, or only root could. */
async function ownLists(): Promise<string[]> {
  const state = fileURLToPath(new URL("apt/", FOLDER));
  await Deno.mkdir(`${state}lists/partial`, { recursive: true });
  const lists = ["-o", `Dir::State::lists=${state}lists`, "-o", `Dir::Cache=${state}`];
  await apt("apt-get", ["update", "-q"], lists);
  return lists;
}

/** Where there is no apt, nothing is found. */
async function apt(program: string, args: string[], options: string[]) {
  try {
    return await capture(program, [...options, ...args], { cwd: FOLDER });
  } catch {
    return { code: 127, stdout: "", stderr: "" };
  }
}
