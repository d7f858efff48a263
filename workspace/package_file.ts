import { dirname, join } from "node:path";
import { isObject } from "../config/is_object.ts";
import type { ConfigFiles } from "./config_files.ts";

/**
 * Where a name such as `@org/settings/biome` leads: to a file of a package in the nearest
 * `node_modules` above, by the `exports` of its package.json, else its `main`, else as a path.
 *
 * @param folder absolute; where it is named
 * @param conditions of `exports` that hold
 */
export function findPackageFile(
  files: ConfigFiles,
  folder: string,
  name: string,
  conditions: readonly string[],
): string | undefined {
  const [, packageName, subpath = ""] = /^((?:@[^/]+\/)?[^/@.][^/]*)(\/.+)?$/.exec(name) ?? [];
  if (packageName === undefined || leavesFolder(name)) return undefined;
  for (let at = folder;; at = dirname(at)) {
    const root = join(at, "node_modules", packageName);
    if (files.admits(root) && files.exists(join(root, "package.json"))) {
      return fileOf(readManifest(files, root), `.${subpath}`, root, conditions);
    }
    if (files.isTop(at)) return undefined;
  }
}

function readManifest(files: ConfigFiles, root: string): Record<string, unknown> {
  try {
    const manifest: unknown = JSON.parse(files.read(join(root, "package.json")));
    return isObject(manifest) ? manifest : {};
  } catch {
    return {}; // not there for us, or broken: as if it said nothing
  }
}

function fileOf(
  { exports, main }: Record<string, unknown>,
  subpath: string,
  root: string,
  conditions: readonly string[],
): string | undefined {
  const target = exports === undefined || exports === null
    ? subpath === "." ? main ?? "index.json" : subpath
    : resolveTarget(exported(exports, subpath), conditions);
  if (typeof target !== "string" || leavesFolder(target)) return undefined;
  return join(root, target);
}

/** What `exports` has for a path: by its name, or by one with a `*`. */
function exported(exports: unknown, subpath: string): unknown {
  const isWhole = !isObject(exports) || !Object.keys(exports).some((key) => key.startsWith("."));
  if (isWhole) return subpath === "." ? exports : undefined;
  if (Object.hasOwn(exports, subpath)) return exports[subpath];
  for (const [key, target] of Object.entries(exports)) {
    const [before, after] = key.split("*");
    if (after === undefined || subpath.length < key.length) continue;
    if (!subpath.startsWith(before!) || !subpath.endsWith(after)) continue;
    const star = subpath.slice(before!.length, subpath.length - after.length);
    if (typeof target === "string") return target.replaceAll("*", () => star);
  }
}

function resolveTarget(target: unknown, conditions: readonly string[], depth = 0): unknown {
  if (Array.isArray(target)) return resolveTarget(target[0], conditions, depth + 1);
  if (!isObject(target) || depth > 8) return target;
  const key = Object.keys(target).find((condition) => conditions.includes(condition));
  return key === undefined ? undefined : resolveTarget(target[key], conditions, depth + 1);
}

function leavesFolder(path: string): boolean {
  return /^[/\\]|[\0:]|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(path);
}
