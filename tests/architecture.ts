/** The rules of the house, as functions of its source files. */
import { isProduct } from "../scripts/sources.ts";

export interface SourceFile {
  /** Relative to the root, with `/`. */
  path: string;
  text: string;
  imports: SourceImport[];
}

export interface SourceImport {
  /** As written. */
  specifier: string;
  /** The imported file, relative to the root; absent for a package or a built-in module. */
  path?: string;
}

const ENGINES = ["analysis", "models", "workspace", "sandbox", "sessions", "store"];
const BELOW_TOOLS = [...ENGINES, "prompts", "config", "assets"];
const BELOW_EDGES = ["tools", ...BELOW_TOOLS];
const BELOW_COMMANDS = ["server", "agent", "mcp_client", "cli", ...BELOW_EDGES];

/**
 * What the files of a folder may import besides their own folder: imports point one way. `.` is the
 * root. A folder that is not listed may import nothing.
 */
const ALLOWED_IMPORTS: Record<string, string[]> = {
  ".": ["commands", "telemetry", ...BELOW_COMMANDS],
  commands: BELOW_COMMANDS,
  server: BELOW_EDGES,
  agent: BELOW_EDGES,
  mcp_client: ["agent", "models", "sandbox", "store", "config"],
  cli: BELOW_EDGES,
  tools: BELOW_TOOLS,
  ...Object.fromEntries(ENGINES.map((folder) => [folder, ["config"]])),
  sessions: ["store", "config"],
  workspace: ["analysis", "config"],
  prompts: ["models", "config"],
  config: [],
  assets: ["config"],
  telemetry: ["config"],
};

/** Something that only some places may write. */
export interface TextRule {
  name: string;
  pattern: RegExp;
  /** Folders (`cli/`) and files (`main.ts`) that may. */
  allowedIn?: string[];
  /** When given, only these places are looked at. */
  onlyIn?: string[];
}

const TEXT_RULES: TextRule[] = [
  { name: "Deno.exit", pattern: /\bDeno\.exit\b|\bprocess\.exit\b/, allowedIn: ["main.ts"] },
  { name: "console", pattern: /\bconsole\.\w+\(/, allowedIn: ["cli/", "main.ts"] },
  {
    name: "the world outside",
    pattern: /\bDeno\.|["']node:(fs|process|child_process|net|http)/,
    onlyIn: ["analysis/", "tools/"],
  },
  {
    // `{ z }` is an object of all there is: the bundle then holds zod's messages in 50 languages.
    name: 'zod as an object (`import * as z from "zod"` leaves out what is not used)',
    pattern: /import \{ z\b.*\bfrom "zod"/,
    allowedIn: ["scripts/", "bench/"],
  },
  {
    name: "starting programs",
    pattern: /\bDeno\.Command\b|["']node:child_process/,
    allowedIn: ["sandbox/"],
  },
  {
    name: "calling native code",
    pattern: /\bDeno\.dlopen\b/,
    allowedIn: ["config/output_is_unread.ts", "workspace/inotify.ts"],
  },
  {
    name: "opening files",
    pattern:
      /\bDeno\.(open|create(Sync)?\b|read\w*File|write\w*File|readDir|rename|remove(Sync)?\b|copyFile|watchFs)|["']node:fs/,
    allowedIn: [
      "workspace/",
      "assets/",
      "config/",
      "prompts/",
      "store/",
      "sessions/",
      "telemetry/",
    ],
  },
  {
    // `using a = f(); a.b();` becomes `f().b()`, and what was used is never given back.
    name: "a use that the bundler takes away (try and finally)",
    pattern: /\busing (\w+) = [^;]*;\s*(?:(?:return|await|const \w+ =) )*\1\b/,
  },
];

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : ".";
}

/** Imports that go up or sideways, and imports of a test or of the workshop. */
export function findWrongDirections(files: SourceFile[], allowed = ALLOWED_IMPORTS): string[] {
  return files.filter(({ path }) => isProduct(path)).flatMap((file) => {
    const from = folderOf(file.path);
    return file.imports
      .filter(({ path }) => path?.endsWith(".ts") && !mayImport(from, path, allowed))
      .map(({ path }) => `${file.path} imports ${path}`);
  });
}

function mayImport(from: string, path: string, allowed: Record<string, string[]>): boolean {
  const to = folderOf(path);
  return isProduct(path) && (to === from || allowed[from]?.includes(to) === true);
}

/**
 * The files on cycles of imports, sorted: what is left when files that import nothing that is left,
 * or that nothing left imports, are taken away again and again.
 */
export function findCycles(files: SourceFile[]): string[] {
  let left = files.map(({ path, imports }) => ({ path, targets: imports.map((one) => one.path) }));
  for (;;) {
    const paths = new Set<string | undefined>(left.map(({ path }) => path));
    const targets = new Set(left.flatMap((file) => file.targets));
    const next = left.filter((file) =>
      targets.has(file.path) && file.targets.some((target) => paths.has(target))
    );
    if (next.length === left.length) return left.map(({ path }) => path).sort();
    left = next;
  }
}

/** Entries of the import map that nothing imports. */
export function findUnusedPackages(files: SourceFile[], importMap: string[]): string[] {
  const used = files.flatMap(({ imports }) => imports.map(({ specifier }) => specifier));
  return importMap.filter((name) =>
    !used.some((specifier) => specifier === name || specifier.startsWith(`${name}/`))
  );
}

/** Imports that are neither relative, nor `node:`, nor named in the import map. */
export function findForeignSpecifiers(files: SourceFile[], importMap: string[]): string[] {
  const known = (specifier: string) =>
    /^(\.{1,2}\/|node:)/.test(specifier) ||
    importMap.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  return files.flatMap(({ path, imports }) =>
    imports.filter(({ specifier }) => !known(specifier)).map(({ specifier }) =>
      `${path} imports "${specifier}"`
    )
  );
}

/** Places that write what a rule keeps for others. Comments do not count. */
export function findForbiddenText(files: SourceFile[], rules = TEXT_RULES): string[] {
  return files.filter(({ path }) => isProduct(path)).flatMap(({ path, text }) => {
    const code = withoutComments(text);
    const among = (places: string[]) => places.some((place) => path.startsWith(place));
    return rules
      .filter(({ onlyIn }) => !onlyIn || among(onlyIn))
      .filter(({ allowedIn }) => !among(allowedIn ?? []))
      .filter(({ pattern }) => pattern.test(code))
      .map(({ name }) => `${path}: ${name}`);
  });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}
