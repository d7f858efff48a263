import { type CodeToken, isPunctuation, isWord, readTokens } from "./code_tokens.ts";
import { DISTRIBUTIONS, STANDARD_LIBRARY } from "./python_modules.ts";
import type { SyntaxTree } from "../syntax/syntax.ts";
import { Kind } from "../python/syntax_kinds.ts";
import { textOf } from "../syntax/syntax_nodes.ts";

/** `import a.b as c, d` */
const IMPORT = /^import\s+([^]*)$/;
/** `from a.b import c`; relative ones begin with a dot. */
const IMPORT_FROM = /^from\s+([^\s]+)\s+import\b/;

/**
 * The modules that Python code imports by their full dotted names, relative imports left out; each
 * once, in the order of the code.
 */
export function readPythonImports(tree: SyntaxTree): string[] {
  const modules = new Set<string>();
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] === Kind.import_statement) {
      for (const module of namesIn(textOf(tree, node))) modules.add(module);
    } else if (tree.kind[node] === Kind.import_from_statement) {
      const module = IMPORT_FROM.exec(withoutContinuations(textOf(tree, node)))?.[1];
      if (module && !module.startsWith(".")) modules.add(module);
    }
  }
  return [...modules];
}

function namesIn(statement: string): string[] {
  const list = IMPORT.exec(withoutContinuations(statement))?.[1] ?? "";
  return list.split(",").map((name) => name.trim().split(/\s/, 1)[0]!).filter(Boolean);
}

function withoutContinuations(statement: string): string {
  return statement.replace(/\\\r?\n/g, " ");
}

/**
 * What has to be installed for Python code: the distributions of the modules it imports, sorted;
 * neither the standard library nor what `own` names. A module that is not known by another name is
 * taken for its distribution.
 *
 * @param own Top-level names of modules that are the project's own
 */
export function pythonDependencies(tree: SyntaxTree, own: readonly string[] = []): string[] {
  const names = readPythonImports(tree).map((module) => module.split(".", 1)[0]!)
    .filter((name) => !name.startsWith("_") && !STANDARD_LIBRARY.has(name) && !own.includes(name));
  return sorted(names.map((name) => DISTRIBUTIONS.get(name) ?? name));
}

/**
 * The modules that JavaScript or TypeScript names: `import`, `export … from`, `import()` and
 * `require()` with a literal; each once, in the order of the code.
 */
export function readScriptImports(code: string): string[] {
  const tokens = readTokens(code);
  const specifiers = tokens.filter((_, index) => isSpecifier(tokens, index));
  return [...new Set(specifiers.map(({ text }) => text))];
}

function isSpecifier(tokens: CodeToken[], index: number): boolean {
  if (tokens[index]!.kind !== "string") return false;
  const before = tokens[index - 1];
  if (isWord(before, "from", "import")) return true;
  return isPunctuation(before, "(") && isWord(tokens[index - 2], "import", "require") &&
    !isPunctuation(tokens[index - 3], ".");
}

/** Modules of Node that may be imported without `node:`. */
const NODE_MODULES: ReadonlySet<string> = new Set(
  ("assert async_hooks buffer child_process cluster console constants crypto dgram " +
    "diagnostics_channel dns domain events fs http http2 https inspector module net os path " +
    "perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls " +
    "tty url util v8 vm wasi worker_threads zlib").split(" "),
);

/**
 * The packages that JavaScript or TypeScript imports, sorted: `@scope/name` of
 * `npm:@scope/name@1/part`. Relative paths, aliases such as `@/x` and `#x`, URLs and what comes with
 * the runtime are left out.
 */
export function scriptDependencies(code: string): string[] {
  return sorted(readScriptImports(code).flatMap((specifier) => packageOf(specifier) ?? []));
}

const PACKAGE = /^(?:npm:|jsr:)?(@[\w.~-]+\/[\w.~-]+|[\w~-][\w.~-]*)(?:@[^/]*)?(?:\/|$)/;

function packageOf(specifier: string): string | undefined {
  const name = PACKAGE.exec(specifier)?.[1];
  return name === undefined || name.startsWith("~") || NODE_MODULES.has(name) ? undefined : name;
}

/** The packages that Go code imports, each once, in the order of the code. */
function readGoImports(code: string): string[] {
  const tokens = readTokens(code);
  const paths: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (!isWord(tokens[at], "import")) continue;
    const isGroup = isPunctuation(tokens[at + 1], "(");
    const end = isGroup ? endOfGroup(tokens, at + 1) : at + 3;
    for (const { kind, text } of tokens.slice(at + 1, end)) {
      if (kind === "string" || kind === "template") paths.push(text);
    }
    at = isGroup ? end : at;
  }
  return [...new Set(paths)];
}

function endOfGroup(tokens: CodeToken[], open: number): number {
  const length = tokens.slice(open).findIndex((token) => isPunctuation(token, ")"));
  return length < 0 ? tokens.length : open + length;
}

/** Hosts whose modules are `host/owner/name`, or with fewer parts; elsewhere it cannot be told. */
const GO_HOSTS: ReadonlyMap<string, number> = new Map(Object.entries({
  "github.com": 3,
  "gitlab.com": 3,
  "bitbucket.org": 3,
  "golang.org": 3,
  "google.golang.org": 2,
  "go.uber.org": 2,
  "gorm.io": 2,
  "k8s.io": 2,
}));

/**
 * The modules that Go code imports, sorted. A path without a dot in its first part is of the
 * standard library, or of the module itself.
 */
export function goDependencies(code: string): string[] {
  return sorted(readGoImports(code).flatMap((path) => goModuleOf(path) ?? []));
}

function goModuleOf(path: string): string | undefined {
  const parts = path.split("/");
  const host = parts[0]!;
  if (!host.includes(".") || host.startsWith(".")) return undefined;
  const length = GO_HOSTS.get(host) ?? parts.length;
  const hasVersion = /^v\d+$/.test(parts[length] ?? "");
  return parts.slice(0, hasVersion ? length + 1 : length).join("/");
}

function sorted(names: string[]): string[] {
  return [...new Set(names)].sort();
}
