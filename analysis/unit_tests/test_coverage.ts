import type { ComplexityReport } from "../complexity.ts";
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
