import { compileGlob, type Glob } from "./glob.ts";
import type { RuffSettings } from "../ruff/ruff_settings.ts";
import { covers } from "../rules/selectors.ts";

type Places = Pick<RuffSettings, "root" | "cwd">;
type Exclusion = Places & Pick<RuffSettings, "exclude" | "extendExclude" | "options">;

/**
 * Whether a file or folder found in a walk is left out: `exclude` and `extend-exclude` match its
 * name, or its path beneath the configuration's folder. A walk asks at every folder on its way, so
 * the folders above where it began, which the user chose, play no part. Relative paths start at
 * `settings.cwd`.
 */
export function isExcluded(settings: Exclusion, path: string, part?: Part): boolean {
  const patterns = [...settings.exclude, ...settings.extendExclude, ...ownExclude(settings, part)];
  const place = locate(settings, path);
  return patterns.some((pattern) => matchesPattern(pattern, place));
}

/** What a file is wanted for; `lint` and `format` have an `exclude` of their own. */
export type Part = "lint" | "format";

function ownExclude({ options }: Exclusion, part?: Part): string[] {
  const exclude = part && (options[part] as { exclude?: unknown } | undefined)?.exclude;
  return Array.isArray(exclude) ? exclude.filter((item) => typeof item === "string") : [];
}

/**
 * Whether `force-exclude` leaves out a file or folder although the user named it: `exclude` or
 * `extend-exclude` match it or a folder above it, up to the configuration's own.
 */
export function isForceExcluded(settings: RuffSettings, path: string, part?: Part): boolean {
  if (!settings.forceExclude) return false;
  const { absolute, relative, outside } = locate(settings, path);
  if (outside) return isExcluded(settings, path, part);
  const parts = relative.split("/");
  const above = absolute.slice(0, absolute.length - relative.length);
  return parts.some((_, index) =>
    isExcluded(settings, above + parts.slice(0, index + 1).join("/"), part)
  );
}

/** A predicate for the rules that `per-file-ignores` leaves out in a file; undefined for none. */
export function ignoredRules(
  settings: RuffSettings,
  fileName: string,
): ((rule: string) => boolean) | undefined {
  const place = locate(settings, fileName);
  const selectors = settings.perFileIgnores.filter(({ pattern }) =>
    pattern.startsWith("!")
      ? !matchesPattern(pattern.slice(1), place)
      : matchesPattern(pattern, place)
  ).flatMap(({ rules }) => rules);
  if (selectors.length === 0) return undefined;
  const known = new Map<string, boolean>();
  return (rule) => {
    let ignored = known.get(rule);
    if (ignored === undefined) {
      // Code that does not parse is not a matter of rules.
      ignored = rule !== "syntax-error" && selectors.some((selector) => covers(selector, rule));
      known.set(rule, ignored);
    }
    return ignored;
  };
}

/** Whether a module or a package it lies in begins with an underscore, other than `__init__`. */
export function isPrivateModule(settings: RuffSettings, fileName: string): boolean {
  const { relative } = locate(settings, fileName);
  return relative.replace(/\.pyi?$/, "").split("/").some((name) => /^_(?!_.*__$)/.test(name));
}

/** A file's path beneath `root`, with `/` between folders; its name where it lies elsewhere. */
export function pathBeneath(places: Places, path: string): string {
  const { relative, outside } = locate(places, path);
  return outside ? relative.slice(relative.lastIndexOf("/") + 1) : relative;
}

/**
 * What rules may see of a path: where it is beneath the configuration's folder, and all of it where
 * patterns speak of that.
 */
export function placeForPatterns(
  settings: Places & Pick<RuffSettings, "perFileIgnores">,
  path: string,
): string {
  const { relative, absolute } = locate(settings, path);
  const isWhole = settings.perFileIgnores.some(({ pattern }) =>
    isAbsolute(pattern.replace(/^!/, ""))
  );
  return isWhole ? `${relative}\n${absolute}` : relative;
}

/** A path with `/` between folders: `absolute` where known, `relative` to the configuration. */
interface Place {
  absolute: string;
  relative: string;
  /** Not in the configuration's folder: only patterns of names hold. */
  outside: boolean;
}

function locate({ root, cwd }: Places, path: string): Place {
  const absolute = normalize(isAbsolute(path) || !cwd ? path : `${cwd}/${path}`);
  const base = normalize(root ?? cwd ?? "");
  const beneath = base !== "" && absolute.startsWith(base.endsWith("/") ? base : `${base}/`);
  const relative = beneath ? absolute.slice(base.length).replace(/^\//, "") : absolute;
  return { absolute, relative, outside: root !== null && !beneath };
}

function isAbsolute(path: string): boolean {
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path);
}

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split(/[/\\]/)) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== ".." && parts.at(-1) !== "") {
      parts.pop();
    } else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
  }
  return parts.length === 1 && parts[0] === "" && path !== "" ? "/" : parts.join("/");
}

const MAX_GLOBS = 1000;
const globs = new Map<string, Glob>();

function globOf(pattern: string): Glob {
  let glob = globs.get(pattern);
  if (!glob) {
    if (globs.size >= MAX_GLOBS) globs.clear();
    globs.set(pattern, glob = compileGlob(pattern));
  }
  return glob;
}

/** As Ruff: the pattern matches the name alone, or the path from the configuration's folder. */
function matchesPattern(pattern: string, { absolute, relative, outside }: Place): boolean {
  const clean = pattern.replace(/^(?:\.\/)+/, "").replace(/(.)\/+$/, "$1");
  const basename = relative.slice(relative.lastIndexOf("/") + 1);
  const glob = globOf(clean);
  if (glob.matches(basename)) return true;
  return isAbsolute(clean) ? glob.matches(absolute) : !outside && glob.matches(relative);
}
