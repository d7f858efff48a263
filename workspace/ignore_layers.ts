import { existsSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { codeOf, describeFileProblem } from "./file_problem.ts";
import { generatedPatterns } from "./gitattributes.ts";
import { type IgnoreRules, parseGitignore } from "./gitignore.ts";
import { readRegularFile } from "./read_file.ts";

/** The ignore rules that hold in a folder: each file of rules with the folder it speaks for, deepest first. */
export type IgnoreLayers = readonly { folder: string; rules: IgnoreRules }[];

/** A file of rules that cannot be read is a problem to tell, and has no rules. */
export type OnProblem = (path: string, message: string) => void;

/** Rules beyond this size are left out: 1 MiB. */
const MAX_RULES_BYTES = 1024 * 1024;

/** Whether a path, absolute, is ignored; the deepest rules that speak of it decide, as in git. */
export function isIgnored(layers: IgnoreLayers, path: string, isFolder: boolean): boolean {
  for (const { folder, rules } of layers) {
    const verdict = rules.test(pathIn(folder, path), isFolder);
    if (verdict) return verdict === "ignored";
  }
  return false;
}

/** The layers with those of a folder's own .gitignore in front. */
export function addGitignore(
  layers: IgnoreLayers,
  folder: string,
  onProblem: OnProblem,
): IgnoreLayers {
  return addRules(layers, folder, join(folder, ".gitignore"), onProblem);
}

/** The layers with what a folder's own .gitattributes calls generated or vendored in front. */
export function addGitattributes(
  layers: IgnoreLayers,
  folder: string,
  onProblem: OnProblem,
): IgnoreLayers {
  return addRules(layers, folder, join(folder, ".gitattributes"), onProblem, generatedPatterns);
}

/** What is generated or vendored in a folder, as the folders up to its repository's root tell. */
export function inheritedAttributes(folder: string, onProblem: OnProblem): IgnoreLayers {
  return foldersUpToRepository(folder).slice(1).reverse()
    .reduce((layers, above) => addGitattributes(layers, above, onProblem), [] as IgnoreLayers);
}

/**
 * The rules that hold in a folder from above: of the folders up to the root of its repository, and
 * of the repository's own .git/info/exclude. Outside a repository there are none.
 */
export function inheritedLayers(folder: string, onProblem: OnProblem): IgnoreLayers {
  const above = foldersUpToRepository(folder);
  if (above.length === 0) return [];
  const root = above.at(-1) ?? folder;
  let layers = addRules([], root, join(root, ".git", "info", "exclude"), onProblem);
  for (const parent of above.slice(1).reverse()) {
    layers = addGitignore(layers, parent, onProblem);
  }
  return layers;
}

/** The folder and those above it, up to the one with .git; empty outside a repository. */
function foldersUpToRepository(folder: string): string[] {
  const folders: string[] = [];
  for (let at = folder;; at = dirname(at)) {
    folders.push(at);
    if (existsSync(join(at, ".git"))) return folders;
    if (dirname(at) === at) return [];
  }
}

function addRules(
  layers: IgnoreLayers,
  folder: string,
  path: string,
  onProblem: OnProblem,
  rulesIn: (text: string) => string = (text) => text,
): IgnoreLayers {
  try {
    const bytes = readRegularFile(path);
    const text = new TextDecoder().decode(bytes.subarray(0, MAX_RULES_BYTES));
    const rules = parseGitignore(rulesIn(text));
    return rules ? [{ folder, rules }, ...layers] : layers;
  } catch (error) {
    if (!["ENOENT", "ENOTDIR"].includes(codeOf(error))) onProblem(path, describeFileProblem(error));
    return layers;
  }
}

function pathIn(folder: string, path: string): string {
  const start = folder.endsWith(sep) ? folder.length : folder.length + 1;
  const way = path.slice(start);
  return sep === "/" ? way : way.replaceAll(sep, "/");
}
