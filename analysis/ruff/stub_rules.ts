/**
 * Rules that native Ruff does not check in stubs, or checks otherwise; the WebAssembly build takes each
 * file for a module. oracles/stubs.ts compares the two on the stubs of typeshed. The rules that are only
 * for stubs are not found at all, nor unsorted imports: modules have more blank lines behind them.
 */
const NOT_IN_STUBS = new Set(
  ("B006 B024 B027 D100 D101 D102 D103 D104 D105 D106 D107 E301 E302 E303 E304 E305 E306 E701 E704 " +
    "E741 FBT001 FBT002 FURB189 I001 N999 PIE796 PLC0414 PLR0904 PLR0913 PLR0917 PLW1641 PLW3201 " +
    "PYI018 PYI046 PYI047 PYI049 RUF067 RUF100 SLF001 SLOT000 SLOT001 TC006").split(" "),
);

/** Names may be used in a stub before they are defined. */
const UNDEFINED = new Set(["F405", "F821"]);

export function isStub(fileName: string): boolean {
  return fileName.endsWith(".pyi");
}

/** Tells which findings of a module do not hold in a stub of that text. */
export function createStubFilter(text: string): (rule: string, message: string) => boolean {
  let defined: Set<string> | undefined;
  return (rule, message) => {
    if (NOT_IN_STUBS.has(rule)) return true;
    const name = UNDEFINED.has(rule) ? /`([^`]+)`/.exec(message)?.[1] : undefined;
    return name !== undefined && (defined ??= namesDefined(text)).has(name);
  };
}

/** The names that classes, functions, assignments and imports bind, wherever in the text. */
function namesDefined(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, name, bound, imported] of text.matchAll(BINDINGS)) {
    if (imported === undefined) names.add((name ?? bound)!);
    else for (const word of imported.match(/\w+/g) ?? []) names.add(word);
  }
  return names;
}

const BINDINGS =
  /\b(?:class|def|type)[ \t]+(\w+)|^[ \t]*(\w+)[ \t]*[:=]|\bimport[ \t]+(\([^)]*\)|[^\n#]*)/gm;
