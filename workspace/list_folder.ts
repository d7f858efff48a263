import { realpathSync } from "node:fs";
import { opendir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Boundary, isInside, resolveInside } from "./confine_path.ts";
import { addGitignore, type IgnoreLayers, inheritedLayers, isIgnored } from "./ignore_layers.ts";
import { SKIPPED_FOLDERS } from "./walk_folder.ts";

/** A larger folder is listed in part. */
const MAX_ENTRIES = 5_000;

/**
 * The names in one folder as a person would pick from them: sorted, folders with a final `/`; what is
 * hidden, ignored or a symbolic link is left out. Empty where there is no such folder inside the root.
 *
 * @param root absolute
 * @param path of the folder, relative to the root
 */
export async function listFolder(root: string, path: string): Promise<string[]> {
  try {
    const boundary: Boundary = { named: root, real: realpathSync(root) };
    const folder = resolveInside(boundary, path);
    const layers = addGitignore(inheritedLayers(folder, ignore), folder, ignore);
    return isLeftOut(folder, boundary.real, layers) ? [] : await listNames(folder, layers);
  } catch {
    return []; // no such folder, or not for us to see
  }
}

/** Whoever types is not helped by what is wrong with a file of rules. */
function ignore(): void {}

function isLeftOut(folder: string, root: string, layers: IgnoreLayers): boolean {
  for (let at = folder; at !== root && isInside(root, at); at = dirname(at)) {
    if (isIgnored(layers, at, true)) return true;
  }
  return false;
}

async function listNames(folder: string, layers: IgnoreLayers): Promise<string[]> {
  const names: string[] = [];
  let count = 0;
  for await (const entry of await opendir(folder, { bufferSize: 256 })) {
    if (++count > MAX_ENTRIES) break;
    const isFolder = entry.isDirectory();
    if (!isFolder && !entry.isFile() || isHidden(entry.name, isFolder)) continue;
    if (isIgnored(layers, join(folder, entry.name), isFolder)) continue;
    names.push(isFolder ? `${entry.name}/` : entry.name);
  }
  return names.sort();
}

function isHidden(name: string, isFolder: boolean): boolean {
  return name.startsWith(".") || isFolder && SKIPPED_FOLDERS.has(name);
}
