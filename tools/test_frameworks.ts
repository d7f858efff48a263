import { isWord, readTokens } from "../analysis/unit_tests/code_tokens.ts";
import { measureComplexity } from "../analysis/complexity.ts";
import type { Engines } from "../analysis/engines.ts";
import { findGoTests } from "../analysis/unit_tests/go_tests.ts";
import { goUnits } from "../analysis/unit_tests/go_units.ts";
import { readPythonImports, readScriptImports } from "../analysis/unit_tests/imports.ts";
import { pythonModuleOf } from "../analysis/unit_tests/module_name.ts";
import { findPythonTests } from "../analysis/unit_tests/python_tests.ts";
import { findScriptTests } from "../analysis/unit_tests/script_tests.ts";
import { scriptUnits } from "../analysis/unit_tests/script_units.ts";
import type { TestFile } from "../analysis/unit_tests/test_case.ts";
import { pythonUnits, type Unit } from "../analysis/unit_tests/test_coverage.ts";
import { TEST_FRAMEWORKS } from "../config/choices.ts";
import { ToolError } from "./tool.ts";

export type TestFrameworkName = (typeof TEST_FRAMEWORKS)[number];

/** What differs between the languages of frameworks. */
interface TestLanguage {
  /** Endings of its files; `""`: a file without one. */
  endings: string[];
  /** Of a file, or where there is none. */
  languageOf(ending: string | undefined): string;
  /** How tests name the code: a module, a path, a package. Undefined when nothing can name it. */
  targetOf(code: string, path: string | undefined): string | undefined;
  /** What the prompt says about it. */
  importLine(target: string): string;
  /** Whether tests do so. */
  imports(tests: string, target: string, engines: Engines): Promise<boolean>;
  /** The first thing that keeps code from being parsed. */
  findSyntaxError(code: string, engines: Engines): Promise<string | undefined>;
  units(code: string, engines: Engines): Promise<Unit[]>;
}

/** What is known of a framework. */
export interface TestFramework extends TestLanguage {
  name: TestFrameworkName;
  /** For the prompt. */
  description: string;
  /** What it takes for a test, for the prompt of a second try. */
  whatIsATest: string;
  /** A name for the tests that rules about tests hold for. */
  fileName: string;
  find(tests: string, engines: Engines): Promise<TestFile>;
}

/** What code without a path is called. */
const UNNAMED = "module_under_test";

const PYTHON: TestLanguage = {
  endings: ["py", "pyw", ""],
  languageOf: () => "python",
  targetOf: (_, path) => path === undefined ? UNNAMED : pythonModuleOf(path),
  importLine: (module) => `from ${module} import …`,
  async imports(tests, module, engines) {
    const imported = readPythonImports((await engines.python()).parse(tests));
    return imported.some((name) => name === module || module.startsWith(`${name}.`));
  },
  async findSyntaxError(code, engines) {
    const [error] = (await engines.python()).parse(code).errors;
    return error && `line ${error.line}, column ${error.column}: ${error.message}`;
  },
  units: async (code, engines) =>
    pythonUnits(measureComplexity((await engines.python()).parse(code))),
};

const TYPESCRIPT = ["ts", "tsx", "mts", "cts"];

const SCRIPT: TestLanguage = {
  endings: [...TYPESCRIPT, "js", "jsx", "mjs", "cjs"],
  languageOf: (ending) => ending && TYPESCRIPT.includes(ending) ? "typescript" : "javascript",
  targetOf: (_, path) => `./${path === undefined ? UNNAMED : stemOf(path)}`,
  importLine: (path) => `import { … } from "${path}"`,
  imports: (tests, path) =>
    Promise.resolve(readScriptImports(tests).some((name) => stemOf(name) === stemOf(path))),
  findSyntaxError: () => Promise.resolve(undefined),
  units: (code) => Promise.resolve(scriptUnits(code)),
};

/** Tests are of the same package, or of one beside it. */
const GO_PACKAGE = /^[ \t]*package[ \t]+(\w+)/m;

const GO: TestLanguage = {
  endings: ["go"],
  languageOf: () => "go",
  targetOf: (code) => GO_PACKAGE.exec(code)?.[1],
  importLine: (name) => `none, the tests begin with "package ${name}" too`,
  imports: (tests, name) =>
    Promise.resolve([name, `${name}_test`].includes(GO_PACKAGE.exec(tests)?.[1] ?? "")),
  findSyntaxError: () => Promise.resolve(undefined),
  units: (code) => Promise.resolve(goUnits(code)),
};

const A_CALL = 'a test is a call of test("name", …) or it("name", …)';

const FRAMEWORKS: Record<TestFrameworkName, Omit<TestFramework, "name">> = {
  pytest: {
    ...PYTHON,
    description: "pytest",
    whatIsATest: "a test is a function whose name begins with test_",
    fileName: "test_generated.py",
    find: async (tests, engines) => findPythonTests((await engines.python()).parse(tests)),
  },
  unittest: {
    ...PYTHON,
    description: "unittest, in classes derived from unittest.TestCase, without pytest",
    whatIsATest:
      "a test is a method whose name begins with test_, in a class derived from unittest.TestCase",
    fileName: "test_generated.py",
    find: async (tests, engines) =>
      findPythonTests((await engines.python()).parse(tests), { unittestOnly: true }),
  },
  vitest: {
    ...SCRIPT,
    description: 'vitest, with import { describe, expect, it } from "vitest"',
    whatIsATest: A_CALL,
    fileName: "generated.test.ts",
    find: (tests) => Promise.resolve(findScriptTests(tests)),
  },
  jest: {
    ...SCRIPT,
    description: "jest, with its global functions describe, expect and it",
    whatIsATest: A_CALL,
    fileName: "generated.test.js",
    find: (tests) => Promise.resolve(findScriptTests(tests)),
  },
  "go test": {
    ...GO,
    description: "go test, with the package testing",
    whatIsATest: "a test is a function func TestName(t *testing.T)",
    fileName: "generated_test.go",
    find: (tests) => Promise.resolve(findGoTests(tests)),
  },
};

export function testFramework(name: TestFrameworkName): TestFramework {
  return { name, ...FRAMEWORKS[name] };
}

/** The frameworks for a file, by its ending; all of them where there is none. */
export function frameworksFor(path: string): TestFrameworkName[] {
  return TEST_FRAMEWORKS.filter((name) => FRAMEWORKS[name].endings.includes(endingOf(path)));
}

/**
 * The frameworks for code that shows its language: Python that parses and defines something, or Go,
 * which begins with its package. None where it does not show.
 */
export async function frameworksForCode(
  code: string,
  engines: Engines,
): Promise<TestFrameworkName[]> {
  if (await isPython(code, engines)) return frameworksFor("a.py");
  return isGo(code) ? frameworksFor("a.go") : [];
}

async function isPython(code: string, engines: Engines): Promise<boolean> {
  const tree = (await engines.python()).parse(code);
  return tree.errors.length === 0 && pythonUnits(measureComplexity(tree)).length > 0;
}

function isGo(code: string): boolean {
  const [clause, name] = readTokens(code);
  return isWord(clause, "package") && name?.kind === "word";
}

/** @throws {ToolError} when code shows that it is not of the framework's language */
export async function refuseCodeOfOtherLanguage(
  { name }: TestFramework,
  code: string,
  engines: Engines,
): Promise<void> {
  const fitting = await frameworksForCode(code, engines);
  if (fitting.length === 0 || fitting.includes(name)) return;
  throw new ToolError(`Cannot test the code with ${name}: it is ${languageFor(fitting[0]!)}`, {
    hint: `set \`test_framework\` to ${fitting.join(" or ")}`,
  });
}

function languageFor(name: TestFrameworkName): string {
  return name === "go test" ? "Go" : "Python";
}

/** @throws {ToolError} when a file is not of the framework's language */
export function refuseOtherLanguage({ name, endings }: TestFramework, path: string): void {
  if (endings.includes(endingOf(path))) return;
  const fitting = frameworksFor(path);
  throw new ToolError(`Cannot test ${JSON.stringify(path)} with ${name}: another language`, {
    hint: fitting.length > 0
      ? `set \`test_framework\` to ${fitting.join(" or ")}`
      : `known are ${TEST_FRAMEWORKS.join(", ")}: give Python, JavaScript, TypeScript or Go`,
  });
}

/** The letters after a file name's last dot, in small letters; `""` when there is no dot. */
export function endingOf(path: string): string {
  return /[^/\\]\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
}

/** `cart` of `shop/cart.ts` and of `./cart`. */
function stemOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1)
    .replace(/\.[cm]?[jt]sx?$/, "");
}
