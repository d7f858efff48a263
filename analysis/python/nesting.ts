import type { Scopes } from "./scopes.ts";
import type { SyntaxTree } from "../syntax/syntax.ts";
import { Kind, kindSet } from "./syntax_kinds.ts";

/** What makes the code below it one level deeper, by kind of node. */
export interface NestingRule {
  /** Their blocks are deeper; their conditions are not. */
  blocksOf: Uint8Array;
  /** Everything below them is deeper. */
  allOf: Uint8Array;
}

/** What a reader has to keep in mind, in the words of the paper on cognitive complexity. */
export const COGNITIVE_NESTING: NestingRule = {
  blocksOf: kindSet([
    Kind.if_statement,
    Kind.elif_clause,
    Kind.else_clause,
    Kind.for_statement,
    Kind.while_statement,
    Kind.except_clause,
    Kind.case_clause,
  ]),
  allOf: kindSet([Kind.conditional_expression, Kind.lambda]),
};

const ALSO_INDENT = kindSet([Kind.try_statement, Kind.finally_clause, Kind.with_statement]);

/** Compound statements, as one sees them by their indentation. */
export const BLOCK_NESTING: NestingRule = {
  blocksOf: COGNITIVE_NESTING.blocksOf.map((set, kind) => set || ALSO_INDENT[kind]!),
  allOf: kindSet([]),
};

/** By node: how deep it stands in its scope. The body of a function or class starts at 0. */
export function nestingLevels(tree: SyntaxTree, scopes: Scopes, rule: NestingRule): Uint32Array {
  const { kind, parent, size } = tree;
  const levels = new Uint32Array(size);
  for (let node = 1; node < size; node++) {
    const above = parent[node]!, aboveKind = kind[above]!;
    if (scopes.owner[node] !== scopes.owner[above]) continue;
    const deeper = rule.allOf[aboveKind]! |
      (rule.blocksOf[aboveKind]! & Number(kind[node] === Kind.block));
    levels[node] = levels[above]! + deeper;
  }
  return levels;
}
