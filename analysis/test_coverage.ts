import { type CodeToken, isPunctuation, isWord, readTokens } from "./code_tokens.ts";
import type { ComplexityReport } from "./complexity.ts";
import type { TestFile } from "./test_case.ts";

/** A function, method or class that tests can reach by a name. */
export interface Unit {
  /** `total`, `Cart.add`, `Cart`. */
  name: string;
  /** Any of these in a test means it. */
  calledAs: string[];
  /** Ways through it: its cyclomatic complexity, or 1 where that is not known. */
  paths: number;
}

export interface TestCoverage {
  /** 0–100. */
  estimate: number;
  /** Names of the units that no test names. */
  untested: string[];
}

/**
 * An estimate of what tests cover, from names alone: nothing is run.
 *
 * `100 · Σ min(tests, paths) / Σ paths` over all units, rounded down, where `tests` is the number of
 * tests that name the unit, each with its variants (1 where they are not known), and one more when
 * a fixture or helper names it. 0 when there is no unit.
 */
export function estimateCoverage(units: Unit[], { cases, shared }: TestFile): TestCoverage {
  let all = 0, covered = 0;
  const untested: string[] = [];
  for (const { name, calledAs, paths } of units) {
    const isNamed = (names: ReadonlySet<string>) => calledAs.some((word) => names.has(word));
    const tests = cases.filter(({ names }) => isNamed(names))
      .reduce((sum, { variants }) => sum + (variants ?? 1), isNamed(shared) ? 1 : 0);
    all += paths;
    covered += Math.min(tests, paths);
    if (tests === 0) untested.push(name);
  }
  return { estimate: all === 0 ? 0 : Math.floor(100 * covered / all), untested };
}

/**
 * What tests of a Python module can name: its public functions, methods and classes; a constructor
 * is called by its class. Where nothing is public, the private ones.
 */
export function pythonUnits({ functions, classes }: ComplexityReport): Unit[] {
  const units: Unit[] = functions
    .filter(({ name, kind }) => kind === "method" || !name.includes("."))
    .flatMap(({ name, cyclomatic }) => toUnit(name, cyclomatic));
  const constructed = new Set(units.map(({ name }) => name));
  for (const { name } of classes) {
    if (!constructed.has(name)) units.push({ name, calledAs: [lastPart(name)], paths: 1 });
  }
  const isPublic = ({ name }: Unit) => !/(?:^|\.)_/.test(name);
  return units.some(isPublic) ? units.filter(isPublic) : units;
}

/** Other methods of the language, such as `__eq__`, are called without their names. */
function toUnit(name: string, paths: number): Unit[] {
  const own = lastPart(name);
  if (own === "__init__") {
    const className = name.slice(0, -own.length - 1);
    return [{ name: className, calledAs: [lastPart(className)], paths }];
  }
  return /^__.*__$/.test(own) ? [] : [{ name, calledAs: [own], paths }];
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/**
 * What tests of a JavaScript or TypeScript module can name: what it exports, types apart. Where it
 * exports nothing, its functions and classes.
 */
export function scriptUnits(code: string): Unit[] {
  const tokens = readTokens(code);
  const exported = tokens.flatMap((token, at) => {
    if (isWord(token, "export")) return exportedNames(tokens, at + 1);
    return isWord(token, "exports") ? commonJsNames(tokens, at + 1) : [];
  });
  return toUnits(exported.length > 0 ? exported : tokens.flatMap((_, at) => nameAt(tokens, at)));
}

/** After `export`: `{ a, b as c }`, or a declaration. */
function exportedNames(tokens: CodeToken[], at: number): string[] {
  if (isPunctuation(tokens[at], "{")) return listedNames(tokens, at + 1);
  let next = at;
  while (isWord(tokens[next], "default", "async", "abstract")) next++;
  const variable = tokens[next + 1];
  if (isWord(tokens[next], "const", "let", "var") && variable?.kind === "word") {
    return isWord(variable, "enum") ? [] : [variable.text];
  }
  return nameAt(tokens, next);
}

/** After `exports`: `= { a, b }`, or `.name =`. */
function commonJsNames(tokens: CodeToken[], at: number): string[] {
  if (isPunctuation(tokens[at], "=") && isPunctuation(tokens[at + 1], "{")) {
    return listedNames(tokens, at + 2);
  }
  const name = tokens[at + 1];
  return isPunctuation(tokens[at], ".") && name?.kind === "word" ? [name.text] : [];
}

/** The names that a list gives to others: of `b as c` it is `c`, of `b: f` it is `b`. */
function listedNames(tokens: CodeToken[], start: number): string[] {
  const names: string[] = [];
  for (let at = start; at < tokens.length && !isPunctuation(tokens[at], "}"); at++) {
    const isFirst = at === start || isPunctuation(tokens[at - 1], ",");
    if (tokens[at]!.kind === "word" && isFirst && !isWord(tokens[at], "type")) {
      names.push(isWord(tokens[at + 1], "as") ? tokens[at + 2]?.text ?? "" : tokens[at]!.text);
    }
  }
  return names.filter(Boolean);
}

/** `function name`, `function* name`, `class Name` */
function nameAt(tokens: CodeToken[], at: number): string[] {
  if (!isWord(tokens[at], "function", "class")) return [];
  const name = tokens[isPunctuation(tokens[at + 1], "*") ? at + 2 : at + 1];
  return name?.kind === "word" && !isWord(name, "extends") ? [name.text] : [];
}

/** What tests of a Go file can name: its functions and methods, the exported ones if there are any. */
export function goUnits(code: string): Unit[] {
  const tokens = readTokens(code);
  const names = tokens.flatMap((token, at) => isWord(token, "func") ? goName(tokens, at + 1) : []);
  const exported = names.filter((name) => /^\p{Lu}/u.test(name));
  return toUnits(exported.length > 0 ? exported : names);
}

/** Tokens of a receiver at most: `(c *Cart[A, B])`. */
const MOST_RECEIVER = 20;

/** After `func`: a name, or a receiver `(c *Cart)` and a name; neither in a literal. */
function goName(tokens: CodeToken[], at: number): string[] {
  let name = at;
  if (isPunctuation(tokens[at], "(")) {
    const receiver = tokens.slice(at, at + MOST_RECEIVER);
    name = at + receiver.findIndex((token) => isPunctuation(token, ")")) + 1;
  }
  const isNamed = tokens[name]?.kind === "word" && isPunctuation(tokens[name + 1], "([");
  const isDeclared = isNamed && tokens[name]!.text !== "main" && tokens[name]!.text !== "init";
  return isDeclared ? [tokens[name]!.text] : [];
}

function toUnits(names: string[]): Unit[] {
  return [...new Set(names)].map((name) => ({ name, calledAs: [name], paths: 1 }));
}
