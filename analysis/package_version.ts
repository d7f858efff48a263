import project from "../deno.json" with { type: "json" };

/** The version of a package that is built in, by its name: where we ask for it, it is exact. */
export function packageVersion(name: keyof typeof project.imports): string {
  return project.imports[name].slice(`npm:${name}@`.length);
}
