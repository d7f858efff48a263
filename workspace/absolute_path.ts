import { isAbsolute, resolve } from "node:path";

/** Empty parts, `.` and `..`, which have to be worked out. */
const UNTIDY = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** What `resolve` gives, at a tenth of its cost for paths that are tidy, as those of a walk are. */
export function absolutePath(folder: string, path: string): string {
  if (Deno.build.os === "windows") return resolve(folder, path);
  const rest = path.startsWith("/") ? path.slice(1) : path;
  if (UNTIDY.test(rest)) return resolve(folder, path);
  return isAbsolute(path) ? path : `${folder === "/" ? "" : folder}/${path}`;
}
