import { cognitiveByScope } from "./python/cognitive.ts";
import { cyclomaticByScope, type Rank, rankCyclomatic } from "./python/cyclomatic.ts";
import { countParameters, hasDocstring, isPublic } from "./python/function_shape.ts";
import { type Halstead, measureHalstead } from "./python/halstead.ts";
import type { LanguageId } from "./languages.ts";
import { countLines } from "./text/line_count.ts";
import { createLineIndex, type LineIndex } from "./text/line_index.ts";
import {
  maintainabilityIndex,
  type MaintainabilityRank,
  rankMaintainability,
} from "./python/maintainability.ts";
import { BLOCK_NESTING, nestingLevels } from "./python/nesting.ts";
import { measureRaw, type RawMetrics } from "./python/raw_metrics.ts";
import { findScopes, type Scopes } from "./python/scopes.ts";
import type { SyntaxTree } from "./syntax/syntax.ts";
import { Kind } from "./python/syntax_kinds.ts";
import { childOfKind } from "./syntax/syntax_nodes.ts";

export type { Halstead, MaintainabilityRank, Rank, RawMetrics };

export interface FunctionComplexity {
  /** Qualified: `Class.method`, `outer.inner`. radon has the same, but for what is defined inside methods. */
  name: string;
  /** 1-based: Python: line of `def` (or `async`), else of the name; and the last line of the body. */
  line: number;
  endLine: number;
  /** 1-based, in UTF-16 units. */
  column: number;
  /** Python: radon's number, else lizard's; radon's letter. What is defined inside is not included. */
  cyclomatic: number;
  rank: Rank;
  /** SonarSource's number. What is defined inside is included. */
  cognitive: number;
  /** Lines from `def` to the end. */
  length: number;
  /** With `self`, `*args` and `**kwargs`. */
  parameters: number;
  /** Compound statements inside one another, at the deepest place. */
  nesting: number;
  /** Known of Python only. */
  documented?: boolean;
  public?: boolean;
  /** `cell`: a notebook's, whose own statements are measured. */
  kind: "function" | "method" | "cell";
  /** Of a notebook: which cell, from 1, and the line in it; lines are those of the file. */
  cell?: number;
  cellLine?: number;
}

export interface ClassComplexity {
  /** Qualified, as for functions. */
  name: string;
  line: number;
  endLine: number;
  /** radon's `real_complexity`: 1 + the decisions in the body + the whole of the methods. */
  cyclomatic: number;
  documented: boolean;
  public: boolean;
}

/** What can be said about a file without running it. What is of radon is known of Python only. */
export interface ComplexityReport {
  language: LanguageId;
  /** Lines in the file. */
  lines: number;
  /** Python: radon's `ComplexityVisitor.total_complexity`; else 1 plus all decisions. */
  cyclomatic: number;
  cognitive: number;
  /** Null when the lines cannot be told apart (a string without an end, for one). */
  raw: RawMetrics | null;
  /** These three are null when the text has syntax errors. */
  halstead: Halstead | null;
  maintainabilityIndex: number | null;
  maintainabilityRank: MaintainabilityRank | null;
  /** In source order; also those defined inside others. */
  functions: FunctionComplexity[];
  classes: ClassComplexity[];
  moduleDocumented?: boolean;
  /** Sentences: what could not be measured and why. Empty when all was. */
  notMeasured: string[];
}

/** Measures a whole module. Never throws: what a syntax error makes unknowable is null and said in `notMeasured`. */
export function measureComplexity(tree: SyntaxTree): ComplexityReport {
  const scopes = findScopes(tree);
  const numbers: ScopeNumbers = {
    cyclomatic: cyclomaticByScope(tree, scopes),
    cognitive: cognitiveByScope(tree, scopes),
    nesting: nestingByScope(tree, scopes),
  };
  const raw = measureRaw(tree.text) ?? null;
  const problem = findSyntaxProblem(tree);
  const halstead = problem ? null : measureHalstead(tree, scopes);
  const index = raw && halstead && computeIndex(raw, halstead, numbers.cyclomatic[0]!);
  return {
    language: "python",
    lines: countLines(tree.text),
    cyclomatic: numbers.cyclomatic[0]!,
    cognitive: numbers.cognitive[0]!,
    raw,
    halstead,
    maintainabilityIndex: index,
    maintainabilityRank: index === null ? null : rankMaintainability(index),
    ...describeDefinitions(tree, scopes, numbers),
    moduleDocumented: hasDocstring(tree, 0),
    notMeasured: explainGaps(problem, raw),
  };
}

/** By scope. */
interface ScopeNumbers {
  cyclomatic: number[];
  cognitive: number[];
  nesting: Uint32Array;
}

function nestingByScope(tree: SyntaxTree, scopes: Scopes): Uint32Array {
  const levels = nestingLevels(tree, scopes, BLOCK_NESTING);
  const deepest = new Uint32Array(scopes.list.length);
  for (let node = 0; node < tree.size; node++) {
    const scope = scopes.owner[node]!;
    if (levels[node]! > deepest[scope]!) deepest[scope] = levels[node]!;
  }
  return deepest;
}

function computeIndex(raw: RawMetrics, halstead: Halstead, cyclomatic: number): number {
  return maintainabilityIndex({
    volume: halstead.volume,
    cyclomatic,
    lloc: raw.lloc,
    sloc: raw.sloc,
    comments: raw.comments + raw.multi,
  });
}

function describeDefinitions(
  tree: SyntaxTree,
  scopes: Scopes,
  numbers: ScopeNumbers,
): Pick<ComplexityReport, "functions" | "classes"> {
  const functions: FunctionComplexity[] = [], classes: ClassComplexity[] = [];
  const lines = createLineIndex(tree.text);
  scopes.list.forEach(({ kind }, scope) => {
    if (kind === "function") functions.push(describeFunction(tree, scopes, numbers, lines, scope));
    else if (kind === "class") classes.push(describeClass(tree, scopes, numbers, lines, scope));
  });
  return { functions, classes };
}

function describeFunction(
  tree: SyntaxTree,
  scopes: Scopes,
  numbers: ScopeNumbers,
  lines: LineIndex,
  scope: number,
): FunctionComplexity {
  const { node, parent } = scopes.list[scope]!;
  const common = describeScope(tree, scopes, lines, scope);
  const cyclomatic = numbers.cyclomatic[scope]!;
  return {
    ...common,
    column: lines.columnAt(tree.start[node]!),
    cyclomatic,
    rank: rankCyclomatic(cyclomatic),
    cognitive: numbers.cognitive[scope]!,
    length: common.endLine - common.line + 1,
    parameters: countParameters(tree, node),
    nesting: numbers.nesting[scope]!,
    kind: scopes.list[parent]!.kind === "class" ? "method" : "function",
  };
}

function describeClass(
  tree: SyntaxTree,
  scopes: Scopes,
  numbers: ScopeNumbers,
  lines: LineIndex,
  scope: number,
): ClassComplexity {
  return {
    ...describeScope(tree, scopes, lines, scope),
    cyclomatic: numbers.cyclomatic[scope]!,
  };
}

function describeScope(tree: SyntaxTree, scopes: Scopes, lines: LineIndex, scope: number) {
  const { node, qualifiedName } = scopes.list[scope]!;
  return {
    name: qualifiedName,
    line: lines.lineAt(tree.start[node]!),
    endLine: lines.lineAt(tree.end[node]!),
    documented: hasDocstring(tree, node),
    public: isPublic(scopes.list, scope),
  };
}

/** The first reason why this is not Python 3: the grammar also knows the statements of Python 2. */
function findSyntaxProblem(tree: SyntaxTree): string | undefined {
  const [error] = tree.errors;
  if (error) return `syntax error at line ${error.line}, column ${error.column}`;
  for (let node = 0; node < tree.size; node++) {
    if (!isPython2(tree, node)) continue;
    return `Python 2 statement at line ${createLineIndex(tree.text).lineAt(tree.start[node]!)}`;
  }
}

/** `print >> file, x` is an expression in Python 3. */
function isPython2(tree: SyntaxTree, node: number): boolean {
  const kind = tree.kind[node];
  return kind === Kind.exec_statement ||
    (kind === Kind.print_statement && childOfKind(tree, node, Kind.chevron) < 0);
}

function explainGaps(problem: string | undefined, raw: RawMetrics | null): string[] {
  const gaps: string[] = [];
  if (problem) {
    gaps.push(`Halstead measures and maintainability index are not known: ${problem}`);
    gaps.push("Complexity covers only the parts of the text that could be parsed");
  }
  if (raw === null) {
    gaps.push("Line counts are not known: the text does not split into Python tokens");
    if (!problem) gaps.push("The maintainability index is not known: it needs the line counts");
  }
  return gaps;
}
