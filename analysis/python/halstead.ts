import { ELLIPSIS, type LiteralKey, NONE, numberKey, stringKey } from "./python_literals.ts";
import { Region, type Scopes } from "./scopes.ts";
import type { SyntaxTree } from "../syntax/syntax.ts";
import { Kind, KIND_COUNT, Token } from "./syntax_kinds.ts";
import { childrenOf, lastChild, textOf, withoutParentheses } from "../syntax/syntax_nodes.ts";

/** Halstead's measures as radon reports them. */
export interface Halstead {
  /** Distinct operators and operands. */
  h1: number;
  h2: number;
  /** All operators and operands. */
  N1: number;
  N2: number;
  vocabulary: number;
  length: number;
  /** Halstead's estimate of the length: h1·log2 h1 + h2·log2 h2. */
  calculatedLength: number;
  volume: number;
  difficulty: number;
  effort: number;
  /** Seconds to write it, by Halstead's estimate. */
  time: number;
  /** Errors to be expected, by Halstead's estimate. */
  bugs: number;
}

/**
 * Halstead's measures of a module, as radon 6.0.1 counts them: only arithmetic, unary, boolean, comparison and
 * augmented-assignment operators, and what they are applied to. Names, attributes and constants are the same operand
 * when equal and in functions of the same name; any other expression is an operand of its own. Decorators,
 * parameters and return types of functions are left out.
 */
export function measureHalstead(tree: SyntaxTree, scopes: Scopes): Halstead {
  const tally = new Tally(tree, scopes);
  for (let node = 1; node < tree.size; node++) {
    if (scopes.region[node] !== Region.functionHeader) countNode(tree, tally, node);
  }
  return report(tally);
}

/** What has been seen so far. */
class Tally {
  operators = 0;
  operands = 0;
  readonly #tree: SyntaxTree;
  readonly #contexts: Set<LiteralKey>[];
  readonly #owner: Uint32Array;
  readonly #distinctOperators = new Set<string>();
  #anonymous = 0;

  constructor(tree: SyntaxTree, scopes: Scopes) {
    this.#tree = tree;
    this.#owner = scopes.owner;
    this.#contexts = operandSets(scopes);
  }

  get distinctOperators(): number {
    return this.#distinctOperators.size;
  }

  get distinctOperands(): number {
    let distinct = this.#anonymous;
    for (const context of new Set(this.#contexts)) distinct += context.size;
    return distinct;
  }

  addOperator(name: string): void {
    this.operators++;
    this.#distinctOperators.add(name);
  }

  addOperand(node: number): void {
    this.operands++;
    const key = operandKey(this.#tree, withoutParentheses(this.#tree, node));
    if (key === undefined) this.#anonymous++;
    else this.#contexts[this.#owner[node]!]!.add(key);
  }
}

/** By scope: the set shared by all functions of that name; the module and its classes share another. */
function operandSets({ list }: Scopes): Set<LiteralKey>[] {
  const byName = new Map<string, Set<LiteralKey>>();
  const sets: Set<LiteralKey>[] = [];
  for (const { kind, name, parent } of list) {
    if (kind === "function") {
      if (!byName.has(name)) byName.set(name, new Set());
      sets.push(byName.get(name)!);
    } else sets.push(sets[parent] ?? new Set());
  }
  return sets;
}

function countNode(tree: SyntaxTree, tally: Tally, node: number): void {
  switch (tree.kind[node]) {
    case Kind.binary_operator:
    case Kind.augmented_assignment:
    case Kind.union_type:
      return countBinary(tree, tally, node);
    case Kind.unary_operator:
      return countUnary(tally, UNARY[tree.kind[node + 1]!]!, lastChild(tree, node));
    case Kind.not_operator:
      return countUnary(tally, "Not", lastChild(tree, node));
    case Kind.boolean_operator:
      return countBoolean(tree, tally, node);
    case Kind.comparison_operator:
      return countComparison(tree, tally, node);
    case Kind.chevron:
      return countRedirection(tree, tally, node);
    case Kind.complex_pattern:
      return countComplexPattern(tree, tally, node);
    case Token["-"]:
      if (isSignInPattern(tree, node)) countUnary(tally, "USub", node + 1);
  }
}

function countBinary(tree: SyntaxTree, tally: Tally, node: number): void {
  const [left, operator, right] = childrenOf(tree, node);
  if (right === undefined) return;
  tally.addOperator(BINARY[tree.kind[operator!]!]!);
  tally.addOperand(left!);
  tally.addOperand(right);
}

function countUnary(tally: Tally, name: string, operand: number): void {
  if (operand < 0) return;
  tally.addOperator(name);
  tally.addOperand(operand);
}

/** Python has one operator with many operands for a run of like ones; the grammar has a chain of pairs. */
function countBoolean(tree: SyntaxTree, tally: Tally, node: number): void {
  const [left, operator, right] = childrenOf(tree, node);
  if (right === undefined) return;
  const parent = tree.parent[node]!;
  const continues = node === parent + 1 && operatorOf(tree, parent) === tree.kind[operator!];
  if (!continues) tally.addOperator(tree.kind[operator!] === Token.and ? "And" : "Or");
  if (operatorOf(tree, left!) !== tree.kind[operator!]) tally.addOperand(left!);
  tally.addOperand(right);
}

function operatorOf(tree: SyntaxTree, node: number): number | undefined {
  if (tree.kind[node] !== Kind.boolean_operator) return undefined;
  return tree.kind[tree.next[node + 1]!];
}

function countComparison(tree: SyntaxTree, tally: Tally, node: number): void {
  for (const child of childrenOf(tree, node)) {
    const operator = COMPARISON[tree.kind[child]!];
    if (operator) tally.addOperator(operator);
    else tally.addOperand(child);
  }
}

/** `print >> file` is a shift to Python 3. */
function countRedirection(tree: SyntaxTree, tally: Tally, node: number): void {
  tally.addOperator("RShift");
  tally.addOperand(node - 1);
  tally.addOperand(lastChild(tree, node));
}

/** `case -1:` is a negation to Python; the grammar has a loose token before the number. */
function isSignInPattern(tree: SyntaxTree, minus: number): boolean {
  const parent = tree.parent[minus]!, kind = tree.kind[parent];
  if (kind === Kind.binary_operator || kind === Kind.unary_operator) return false;
  return kind !== Kind.complex_pattern || minus === parent + 1;
}

/** `case 1 + 2j:` is a sum. */
function countComplexPattern(tree: SyntaxTree, tally: Tally, node: number): void {
  const children = childrenOf(tree, node);
  const [left, operator, right] = children.slice(-3);
  if (right === undefined) return;
  tally.addOperator(BINARY[tree.kind[operator!]!]!);
  tally.addOperand(children.length > 3 ? node : left!);
  tally.addOperand(right);
}

/** What makes two operands the same; undefined for an expression that equals no other. */
function operandKey(tree: SyntaxTree, node: number): LiteralKey | undefined {
  switch (tree.kind[node]) {
    case Kind.identifier:
    case Token.print:
      return nameKey(tree, node);
    case Kind.attribute:
    case Kind.member_type:
      return nameKey(tree, lastChild(tree, node));
    case Kind.integer:
    case Kind.float:
      return numberKey(textOf(tree, node));
    case Kind.true:
      return 1;
    case Kind.false:
      return 0;
    case Kind.none:
      return NONE;
    case Kind.ellipsis:
      return ELLIPSIS;
    case Kind.string:
      return stringsKey(tree, [node]);
    case Kind.concatenated_string:
      return stringsKey(tree, childrenOf(tree, node));
  }
}

function nameKey(tree: SyntaxTree, node: number): string {
  const name = textOf(tree, node);
  return isAscii(name) ? name : name.normalize("NFKC");
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** An f-string is an expression, and so is anything joined to one. */
function stringsKey(tree: SyntaxTree, nodes: number[]): LiteralKey | undefined {
  const sources = nodes.map((node) => textOf(tree, node));
  if (sources.some((source) => /^[rR]?[fF]/.test(source))) return undefined;
  return stringKey(sources);
}

function report(tally: Tally): Halstead {
  const { distinctOperators: h1, distinctOperands: h2, operators: N1, operands: N2 } = tally;
  const vocabulary = h1 + h2, length = N1 + N2;
  const volume = vocabulary === 0 ? 0 : length * Math.log2(vocabulary);
  const difficulty = h2 === 0 ? 0 : h1 * N2 / (2 * h2);
  const effort = difficulty * volume;
  return {
    h1,
    h2,
    N1,
    N2,
    vocabulary,
    length,
    calculatedLength: h1 && h2 ? h1 * Math.log2(h1) + h2 * Math.log2(h2) : 0,
    volume,
    difficulty,
    effort,
    time: effort / 18,
    bugs: volume / 3000,
  };
}

/** Python's names of the operators, by token. `+` and `+=` are the same one. */
const BINARY = operatorTable([
  ["Add", "+", "+="],
  ["Sub", "-", "-="],
  ["Mult", "*", "*="],
  ["MatMult", "@", "@="],
  ["Div", "/", "/="],
  ["Mod", "%", "%="],
  ["FloorDiv", "//", "//="],
  ["Pow", "**", "**="],
  ["BitOr", "|", "|="],
  ["BitAnd", "&", "&="],
  ["BitXor", "^", "^="],
  ["LShift", "<<", "<<="],
  ["RShift", ">>", ">>="],
]);
const UNARY = operatorTable([["UAdd", "+"], ["USub", "-"], ["Invert", "~"]]);
const COMPARISON = operatorTable([
  ["Lt", "<"],
  ["LtE", "<="],
  ["Eq", "=="],
  ["NotEq", "!=", "<>"],
  ["GtE", ">="],
  ["Gt", ">"],
  ["In", "in"],
  ["NotIn", "not in"],
  ["Is", "is"],
  ["IsNot", "is not"],
]);

function operatorTable(rows: [name: string, ...tokens: (keyof typeof Token)[]][]): string[] {
  const table = new Array<string>(KIND_COUNT).fill("");
  for (const [name, ...tokens] of rows) for (const token of tokens) table[Token[token]] = name;
  return table;
}
