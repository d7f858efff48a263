/**
 * A path as CI services want it: from where devmcp was run, with `/`, without `./`; one outside of
 * there stays absolute.
 */
export function relativePath(path: string, cwd: string): string {
  const slashed = path.replaceAll("\\", "/");
  const folder = `${cwd.replaceAll("\\", "/").replace(/\/$/, "")}/`;
  const inside = slashed.startsWith(folder) ? slashed.slice(folder.length) : slashed;
  return inside.replace(/^(\.\/+)+/, "");
}
