import type { Language } from "web-tree-sitter";
import { Action, ERROR_SYMBOL, type KindTable } from "../python/syntax_kinds.ts";
import type { LanguageMetrics } from "./language_metrics.ts";

/** What a kind of node means, as bits; most have one or none. */
export const Role = {
  function: 1,
  bodiless: 1 << 1,
  lambda: 1 << 2,
  class: 1 << 3,
  parameters: 1 << 4,
  decision: 1 << 5,
  undecision: 1 << 6,
  and: 1 << 7,
  or: 1 << 8,
  binary: 1 << 9,
  if: 1 << 10,
  else: 1 << 11,
  elseIf: 1 << 12,
  /** Costs one and its level, and what it holds is a level deeper; `if` too. */
  structure: 1 << 13,
  /** Counts as a level of nesting. */
  indents: 1 << 14,
  jump: 1 << 15,
  label: 1 << 16,
  goto: 1 << 17,
  call: 1 << 18,
  body: 1 << 19,
  namer: 1 << 20,
  unnamed: 1 << 21,
  wrapper: 1 << 22,
  parameter: 1 << 23,
  fieldDecision: 1 << 24,
  directive: 1 << 25,
  carrier: 1 << 26,
  macro: 1 << 27,
} as const;

/** The lines that name node types and tokens. */
type Line = Exclude<keyof LanguageMetrics, "syntaxErrors" | "separator" | "noParameters">;
/** In `fieldDecisions` a name ends with a dot and the field. */
const kindIn = (name: string) => name.split(".", 1)[0]!;

const LINES: [Line, number][] = [
  ["functions", Role.function],
  ["bodiless", Role.bodiless],
  ["bodies", Role.body],
  ["namers", Role.namer],
  ["unnamed", Role.unnamed],
  ["wrappers", Role.wrapper],
  ["parameter", Role.parameter],
  ["lambdas", Role.lambda],
  ["classes", Role.class],
  ["parameters", Role.parameters],
  ["decisions", Role.decision],
  ["fieldDecisions", Role.fieldDecision],
  ["directives", Role.directive],
  ["carriers", Role.carrier],
  ["macros", Role.macro],
  ["undecisions", Role.undecision],
  ["ands", Role.and | Role.decision],
  ["ors", Role.or | Role.decision],
  ["binaries", Role.binary],
  ["ifs", Role.if | Role.structure | Role.indents],
  ["loops", Role.structure | Role.indents],
  ["switches", Role.structure | Role.indents],
  ["catches", Role.structure],
  ["inlineIfs", Role.structure],
  ["elses", Role.else],
  ["elseIfs", Role.elseIf | Role.indents],
  ["blocks", Role.indents],
  ["jumps", Role.jump],
  ["labels", Role.label],
  ["gotos", Role.goto],
  ["calls", Role.call],
];

/** Kinds of every tree: nodes and tokens that a language's lines name have the numbers from here on. */
export const OTHER = 0, ERROR = 1, COMMENT = 2;
const FIRST_KIND = 3;

/** Fields whose nodes belong to the head of a structure: no deeper than it. */
const HEADS = "condition initializer initialize init update increment left right kind operator " +
  "pattern variable type value alias exceptions filter subject";

/** Fields that are looked for by name. */
export const FIELDS = [
  "name",
  "body",
  "declarator",
  "parameters",
  "parameter",
  "receiver",
  "type",
  "left",
  "key",
  "property",
  "function",
  "method",
  "value",
  "right",
  "condition",
] as const;
export type FieldName = (typeof FIELDS)[number];

/** What is known of a grammar's symbols and fields, for one language's lines. */
export interface Roles extends KindTable {
  /** By kind: bits of {@link Role}. */
  roles: Uint32Array;
  /** By field: 1 for what is in the head of a structure. */
  isHead: Uint8Array;
  /** The grammar's numbers of fields; 255 for what it does not have. */
  fields: Record<FieldName, number>;
  /** By kind: the field with which it is a decision. */
  decisive: Uint8Array;
}

/**
 * Reads a language's lines against its grammar.
 *
 * @throws {TypeError} for a name that the grammar does not have
 */
export function readRoles(metrics: LanguageMetrics, grammar: Language): Roles {
  const { kindOf, roles } = numberKinds(metrics);
  const table = { kinds: new Uint8Array(0x10000), actions: new Uint8Array(0x10000) };
  const unseen = new Set(kindOf.keys());
  grammar.types.forEach((type, symbol) => {
    const isNamed = grammar.nodeTypeIsNamed(symbol);
    const name = isNamed ? type : `'${type}'`;
    const kind = kindOf.get(name);
    unseen.delete(name);
    table.kinds[symbol] = kind ?? (isNamed && /comment/.test(type) ? COMMENT : OTHER);
    table.actions[symbol] = isNamed
      ? Action.descend
      : kind === undefined
      ? Action.drop
      : Action.keep;
  });
  if (unseen.size > 0) throw new TypeError(`Cannot find in the grammar: ${[...unseen].join(", ")}`);
  table.kinds[ERROR_SYMBOL] = ERROR;
  table.actions[ERROR_SYMBOL] = Action.descend;
  const head = new Uint8Array(256);
  for (const name of HEADS.split(" ")) head[grammar.fieldIdForName(name) ?? 255] = 1;
  head[255] = 0;
  const fields = Object.fromEntries(
    FIELDS.map((name) => [name, grammar.fieldIdForName(name) ?? 255]),
  ) as Record<FieldName, number>;
  const decisive = readDecisive(metrics, grammar, kindOf);
  return { ...table, names: grammar.types, hasFields: true, roles, isHead: head, fields, decisive };
}

function readDecisive(
  { fieldDecisions = "" }: LanguageMetrics,
  grammar: Language,
  kindOf: Map<string, number>,
): Uint8Array {
  const decisive = new Uint8Array(256);
  for (const pair of fieldDecisions.split(" ").filter(Boolean)) {
    const field = grammar.fieldIdForName(pair.slice(pair.indexOf(".") + 1));
    if (!field) throw new TypeError(`Cannot find in the grammar: ${pair}`);
    decisive[kindOf.get(kindIn(pair))!] = field;
  }
  return decisive;
}

/** Gives each name a number, and the number what all lines say of it. */
function numberKinds(metrics: LanguageMetrics) {
  const kindOf = new Map<string, number>();
  const roles = new Uint32Array(256);
  for (const [line, role] of LINES) {
    for (const name of (metrics[line] ?? "").split(" ").filter(Boolean).map(kindIn)) {
      const kind = kindOf.get(name) ?? FIRST_KIND + kindOf.size;
      kindOf.set(name, kind);
      roles[kind]! |= role;
    }
  }
  return { kindOf, roles };
}
