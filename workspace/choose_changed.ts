import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { isInside } from "./confine_path.ts";
import { notFound, readGlob } from "./find_files.ts";
import type { ChangedPath } from "./git_changes.ts";
import { SKIPPED_FOLDERS } from "./walk_folder.ts";

/** What is added to a file that was asked for. */
export interface Chosen {
  /** Whether an argument names the very file: it is taken, whatever folder it is in. */
  isNamed: boolean;
}

/**
 * Those of the changed files that the arguments of a command name: files, folders and globs; all when there are none. In
 * folders, those are left out that a walk leaves out.
 *
 * @param top where a search without arguments begins
 * @throws {ToolError} when an argument names nothing, changed or not
 */
export function chooseChanged<File extends ChangedPath>(
  files: File[],
  args: string[],
  { cwd, top }: { cwd: string; top: string },
): (File & Chosen)[] {
  const tests = args.length === 0 ? [inFolder(top)] : args.map((arg) => toTest(arg, cwd, files));
  return files.flatMap((file) => {
    const found = tests.map((test) => test(file.place)).filter((one) => one !== undefined);
    return found.length === 0 ? [] : [{ ...file, isNamed: found.includes("named") }];
  });
}

type Test = (place: string) => "named" | "found" | undefined;

function toTest(arg: string, cwd: string, files: ChangedPath[]): Test {
  if (arg === "" || arg.includes("\0")) throw notFound(arg);
  const path = resolve(cwd, arg);
  const within = inFolder(path);
  if (existsSync(path) || files.some(({ place }) => isInside(path, place))) {
    return (place) => place === path ? "named" : within(place);
  }
  const { base, matches } = readGlob(arg);
  const folder = resolve(cwd, base);
  const inBase = inFolder(folder);
  return (place) => inBase(place) && matches(relative(folder, place)) ? "found" : undefined;
}

function inFolder(folder: string): Test {
  return (place) => {
    if (!isInside(folder, place)) return undefined;
    const folders = relative(folder, place).split(/[\\/]/).slice(0, -1);
    return folders.some((name) => SKIPPED_FOLDERS.has(name)) ? undefined : "found";
  };
}
