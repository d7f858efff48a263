import type { FileTotals } from "../../complexity_tally.ts";

/** What the files in a folder, at any depth, amount to. */
export interface FolderTotals {
  path: string;
  files: number;
  lines: number;
  functions: number;
  highest: number;
  cyclomaticOfFunctions: number;
}

/** Folders farther down count in those above them only. */
const MAX_DEPTH = 40;

/** The folders, most lines first. */
export function folderTotals(files: readonly FileTotals[]): FolderTotals[] {
  const folders = new Map<string, FolderTotals>();
  for (const file of files) {
    for (const path of foldersOf(file.path)) {
      const folder = folders.get(path) ?? newFolder(path);
      folders.set(path, folder);
      folder.files += 1;
      folder.lines += file.lines;
      folder.functions += file.functions;
      folder.highest = Math.max(folder.highest, file.highest);
      folder.cyclomaticOfFunctions += file.cyclomaticOfFunctions;
    }
  }
  return [...folders.values()].sort((a, b) => b.lines - a.lines || (a.path < b.path ? -1 : 1));
}

function newFolder(path: string): FolderTotals {
  return { path, files: 0, lines: 0, functions: 0, highest: 0, cyclomaticOfFunctions: 0 };
}

/** `a/b/c.go` → `a`, `a/b`; a file at the top is in `.`. */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  if (parts.length === 0) return ["."];
  const depth = Math.min(parts.length, MAX_DEPTH);
  const all = Array.from({ length: depth }, (_, index) => parts.slice(0, index + 1).join("/"));
  return all.filter((one) => one !== "");
}
