import { basename, dirname, resolve } from "node:path";
import { type LanguageId, languageOfName, mayHaveShebang } from "../../../analysis/languages.ts";
import { LINTERS } from "../../../analysis/linters.ts";
import { CONFIG_NAME } from "../../../config/find_file.ts";
import { isTemporaryName } from "../../../config/temporary_name.ts";
import { isInside } from "../../../workspace/confine_path.ts";
import { entryKind } from "../../../workspace/entry_kind.ts";
import { RUFF_CONFIG_NAMES } from "../../../workspace/ruff_config.ts";
import { looksBinary } from "../../../workspace/source.ts";
import { SKIPPED_FOLDERS, startOf } from "../../../workspace/walk_folder.ts";
import { wantedLanguage } from "../../../workspace/wanted_language.ts";
import type { FileInput } from "../review_job.ts";

/** What changes mean for a review: nothing, other content of some files, or possibly anything. */
export interface Verdict {
  isFull: boolean;
  /** Files that are reviewed, absolute. */
  changed: Set<string>;
}

/** What is reviewed, and by what. All paths are absolute. */
export interface WatchScope {
  /** What the command names: files, folders, and the folders where globs begin. */
  operands: readonly string[];
  /** Folders that are looked into. */
  folders: ReadonlySet<string>;
  /** The files that are reviewed, by their place. */
  inputs: ReadonlyMap<string, FileInput>;
  /** Files that the review goes by, wherever they are. */
  settings: ReadonlySet<string>;
  /** What the review writes itself. */
  own: ReadonlySet<string>;
  /** Folders of the repository's own state. */
  git: ReadonlySet<string>;
  /** Whether git tells what has changed in files. */
  isByGit: boolean;
}

export function nothing(): Verdict {
  return { isFull: false, changed: new Set() };
}

/** What is the case now decides, not how it came about: of what came and went again nothing is left. */
export function judge(paths: Iterable<string>, scope: WatchScope): Verdict {
  const verdict = nothing();
  for (const path of paths) {
    const input = scope.own.has(path) ? undefined : scope.inputs.get(path);
    if (input) {
      verdict.changed.add(path);
      verdict.isFull ||= scope.isByGit || mayConfigure(path) || !isAsFound(path, input);
    } else verdict.isFull ||= isOfConcern(path, scope);
  }
  return verdict;
}

/** Whether something that is not reviewed may change what is, or be reviewed from now on. */
export function isOfConcern(path: string, scope: WatchScope): boolean {
  const { operands, folders, settings, own, git } = scope;
  const name = basename(path);
  if (own.has(path) || isTemporaryName(name)) return false;
  if (settings.has(path) || folders.has(path) || SETTINGS.has(name)) return true;
  if (git.has(dirname(path))) return isGitsState(path);
  if ([...operands, ...settings].some((one) => isInside(path, one))) return true;
  if (!folders.has(dirname(path))) return false;
  const kind = entryKind(path);
  if (kind === "folder") return !SKIPPED_FOLDERS.has(name);
  // Which modules are a project's own is told by what lies beside them.
  if (kind === undefined) return languageOfName(path) === "python";
  return kind === "file" && (languageOfName(path) !== undefined || mayHaveShebang(path));
}

/** Files that configure engines, or say what is reviewed. */
const SETTINGS = new Set([
  ...[CONFIG_NAME, ".git", ".gitignore", ".gitattributes", "pyvenv.cfg"],
  ...[...RUFF_CONFIG_NAMES, "package.json", ".editorconfig"],
  ...Object.values(LINTERS).flatMap((entries) => entries.flatMap((entry) => entry.configFiles)),
]);

/** Formats in which configuration is written: one file may name another, whatever its name. */
const OF_SETTINGS = new Set<LanguageId | undefined>(["json", "jsonc", "yaml", "toml"]);

function mayConfigure(path: string): boolean {
  return SETTINGS.has(basename(path)) || OF_SETTINGS.has(languageOfName(path));
}

/** Whether a file is still there, and what it was when it was found. */
function isAsFound(path: string, { language }: FileInput): boolean {
  if (entryKind(path) !== "file") return false;
  if (!language) return true; // It was named.
  const start = startOf(path);
  return !looksBinary(start) && wantedLanguage(path, () => start, new Set([language])) === language;
}

/** Lock files come and go whenever git looks. */
function isGitsState(path: string): boolean {
  const name = basename(path);
  if (name.endsWith(".lock")) return false;
  return /^(index|packed-refs|exclude|[A-Z_]*HEAD)$/.test(name) || /[\\/]refs[\\/]/.test(path);
}

/** The folder itself and all those above it. */
export function foldersFrom(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersFrom(above)];
}

/** Files by their place. */
export function byPlace(inputs: readonly FileInput[], cwd: string): Map<string, FileInput> {
  return new Map(inputs.map((input) => [resolve(cwd, input.path), input]));
}
