import { realpathSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import picomatch from "picomatch";
import { ToolError } from "../config/tool_error.ts";
import { absolutePath } from "./absolute_path.ts";
import { isInside } from "./confine_path.ts";
import type { LanguageId } from "../analysis/languages.ts";
import { codeOf, describeFileProblem, fileError } from "./file_problem.ts";
import { walkFolder } from "./walk_folder.ts";
import { wantedLanguage } from "./wanted_language.ts";

export interface FindOptions {
  /** Where relative arguments start; absolute. */
  cwd: string;
  /** Languages of the files wanted in folders. */
  languages: ReadonlySet<LanguageId>;
  /**
   * Leaves out what is in folders: a file of a language, or, without one, a folder with all its
   * content. Paths as they are yielded.
   */
  exclude?(path: string, language?: LanguageId): boolean | Promise<boolean>;
  /** Leaves out a file or folder that an argument names. @default nothing */
  excludeNamed?(path: string): boolean | Promise<boolean>;
  /** A folder that cannot be read or has vanished; the search goes on. */
  onProblem(path: string, message: string): void;
  /** Is told of each folder, absolute, before it is looked into. */
  onFolder?(folder: string): void;
  signal?: AbortSignal;
}

export interface FoundFile {
  /** As a person would write it. */
  path: string;
  /** Of a file that was found in a folder; what a named one is written in, who reads it finds out. */
  language?: LanguageId;
}

/** A file to yield, and its path without symbolic links to tell it from others. */
interface Found extends FoundFile {
  real: string;
}

/**
 * The files that the arguments of a command name, each once, in the order of the arguments.
 *
 * A file is taken as it is, whatever its name and the ignore rules, unless `excludeNamed` says otherwise. A folder stands for the text
 * files in it (see `walkFolder`), a glob for those of its files and folders that match; a name
 * that exists is never read as a glob. Paths are relative to `cwd` where they are inside it.
 *
 * @throws {ToolError} before the first file when any argument names nothing
 */
export async function* findFiles(args: string[], options: FindOptions): AsyncGenerator<FoundFile> {
  const describe = createDescriber();
  const searches = await Promise.allSettled(args.map((arg) => search(arg, describe, options)));
  const failed = searches.find((search) => search.status === "rejected");
  if (failed) throw failed.reason;
  const isNew = args.length > 1 ? firstSeen() : () => true;
  for (const search of searches) {
    if (search.status === "rejected") continue;
    const { value } = search;
    // What is there already is not waited for: that takes longer than looking at it.
    if (Array.isArray(value)) {
      for (const { real, ...found } of value) if (isNew(real)) yield found;
    } else {
      for await (const { real, ...found } of value) if (isNew(real)) yield found;
    }
  }
}

function firstSeen(): (real: string) => boolean {
  const seen = new Set<string>();
  return (real) => {
    const before = seen.size;
    return seen.add(real).size > before;
  };
}

type Search = AsyncIterable<Found> | Found[];

type Describe = (path: string) => { isFolder: boolean; real: string };

/**
 * Of thousands of files in a few folders, each folder's real path is asked for once. Synchronous,
 * because that is ten times as fast.
 */
function createDescriber(): Describe {
  const folders = new Map<string, string>();
  const realPath = (path: string) => {
    const folder = dirname(path), real = folders.get(folder) ?? realpathSync(folder);
    folders.set(folder, real);
    return join(real, basename(path));
  };
  return (path) => {
    const { isSymlink, isDirectory } = Deno.lstatSync(path);
    const isFolder = isSymlink ? Deno.statSync(path).isDirectory : isDirectory;
    // Elsewhere a name may be written in several ways.
    const isPlain = !isSymlink && Deno.build.os === "linux";
    return { isFolder, real: isPlain ? realPath(path) : realpathSync(path) };
  };
}

async function search(arg: string, describe: Describe, options: FindOptions): Promise<Search> {
  if (arg === "" || arg.includes("\0")) throw notFound(arg);
  const path = absolutePath(options.cwd, arg);
  const show = shower(arg, options.cwd);
  try {
    const { isFolder, real } = describe(path);
    if (await options.excludeNamed?.(show(path))) return [];
    return isFolder ? inFolder(path, real, show, options) : [{ path: show(path), real }];
  } catch (error) {
    if (!["ENOENT", "ENOTDIR", "EINVAL"].includes(codeOf(error))) {
      throw fileError("read", arg, error);
    }
    return searchGlob(arg, show, options);
  }
}

/** Writes an absolute path as a person would: outside `cwd`, as absolute or relative as the argument. */
function shower(arg: string, cwd: string): (path: string) => string {
  const start = cwd.endsWith(sep) ? cwd : cwd + sep;
  return (path) => {
    if (path.startsWith(start)) return path.slice(start.length);
    return isInside(cwd, path) || !isAbsolute(arg) ? relative(cwd, path) || "." : path;
  };
}

async function* inFolder(
  folder: string,
  real: string,
  show: (path: string) => string,
  { languages, exclude, onProblem, onFolder, signal }: FindOptions,
  matches: (way: string) => boolean = () => true,
): AsyncGenerator<Found> {
  const walk = walkFolder(folder, {
    want: (path, start) => wantedLanguage(path, start, languages),
    exclude: exclude && ((path, language) => exclude(show(path), language)),
    onProblem: (path, message) => onProblem(show(path), message),
    onFolder,
    signal,
  });
  // A walk gives the folder as it was told, and what is in it.
  const start = folder.endsWith(sep) ? folder.length : folder.length + 1;
  const realStart = real.endsWith(sep) ? real : real + sep;
  for await (const { path, as: language } of walk) {
    const way = path.slice(start);
    if (matches(way)) yield { path: show(path), language, real: `${realStart}${way}` };
  }
}

/** Looks for the first match at once, to tell an argument that names nothing before work starts. */
async function searchGlob(
  arg: string,
  show: (path: string) => string,
  options: FindOptions,
): Promise<Search> {
  const { base, matches } = readGlob(arg);
  const folder = resolve(options.cwd, base);
  const real = await realpath(folder).catch(() => undefined);
  if (!real) throw notFound(arg);
  const files = inFolder(folder, real, show, options, matches);
  const first = await files.next();
  if (first.done) throw notFound(arg);
  return startingWith(first.value, files);
}

async function* startingWith<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

/** The folder where a glob starts, and whether a path in it or a folder on the way to it matches. */
export function readGlob(arg: string): { base: string; matches(way: string): boolean } {
  const options = { nonegate: true, windows: Deno.build.os === "windows" };
  try {
    const { base, glob, isGlob } = picomatch.scan(arg, options);
    if (!isGlob) throw notFound(arg);
    const isMatch = picomatch(glob, options);
    return { base, matches: (way) => prefixesOf(way).some((prefix) => isMatch(prefix)) };
  } catch (error) {
    if (error instanceof ToolError) throw error;
    throw new ToolError(`Cannot find ${JSON.stringify(arg)}: ${describeFileProblem(error)}`, {
      hint: "check the glob",
      cause: error,
    });
  }
}

/** `a`, `a/b` and `a/b/c` of `a/b/c`. */
function prefixesOf(way: string): string[] {
  const parts = way.split(/[\\/]/);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

export function notFound(arg: string): ToolError {
  const isGlob = arg !== "" && picomatch.scan(arg, { nonegate: true }).isGlob;
  const state = isGlob ? "no file matches" : "no such file or folder";
  return new ToolError(`Cannot find ${JSON.stringify(arg)}: ${state}`, {
    hint: isGlob ? "ignored files and folders are left out" : "check the spelling",
  });
}
