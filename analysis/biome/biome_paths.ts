/**
 * A path or pattern with another name for folders of packages: Biome takes no file below one, though
 * it is named, or a whole project is checked out there.
 */
export function besidePackages(path: string): string {
  return path.replace(/(?<![\w.-])node_modules(?![\w.-])/g, "node-modules");
}

/** A configuration whose patterns mean the paths that `besidePackages` gives. */
export function patternsBesidePackages<T>(configuration: T): T {
  const rename = (key: string, value: unknown) =>
    key === "includes" && Array.isArray(value)
      ? value.map((pattern) => typeof pattern === "string" ? besidePackages(pattern) : pattern)
      : value;
  return JSON.parse(JSON.stringify(configuration, rename));
}
