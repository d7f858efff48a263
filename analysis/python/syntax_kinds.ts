import type { Language } from "web-tree-sitter";

/** Node kinds of tree-sitter-python that the metrics look at; every other named node is `other`. */
export const Kind = {
  other: 0,
  ERROR: 1,
  module: 2,
  block: 3,
  function_definition: 4,
  class_definition: 5,
  decorated_definition: 6,
  decorator: 7,
  lambda: 8,
  parameters: 9,
  lambda_parameters: 10,
  keyword_separator: 11,
  positional_separator: 12,
  if_statement: 13,
  elif_clause: 14,
  else_clause: 15,
  for_statement: 16,
  while_statement: 17,
  try_statement: 18,
  except_clause: 19,
  finally_clause: 20,
  with_statement: 21,
  match_statement: 22,
  case_clause: 23,
  case_pattern: 24,
  tuple_pattern: 25,
  complex_pattern: 26,
  dotted_name: 27,
  return_statement: 28,
  expression_statement: 29,
  assert_statement: 30,
  print_statement: 31,
  exec_statement: 32,
  import_statement: 33,
  import_from_statement: 34,
  future_import_statement: 35,
  global_statement: 36,
  nonlocal_statement: 37,
  pass_statement: 38,
  break_statement: 39,
  continue_statement: 40,
  conditional_expression: 41,
  boolean_operator: 42,
  not_operator: 43,
  unary_operator: 44,
  binary_operator: 45,
  comparison_operator: 46,
  augmented_assignment: 47,
  for_in_clause: 48,
  if_clause: 49,
  call: 50,
  attribute: 51,
  parenthesized_expression: 52,
  type: 53,
  union_type: 54,
  member_type: 55,
  identifier: 56,
  string: 57,
  concatenated_string: 58,
  integer: 59,
  float: 60,
  true: 61,
  false: 62,
  none: 63,
  ellipsis: 64,
  comment: 65,
  line_continuation: 66,
  string_start: 67,
  string_content: 68,
  string_end: 69,
  escape_sequence: 70,
  escape_interpolation: 71,
  type_conversion: 72,
  chevron: 73,
} as const;

/** Anonymous tokens that stay in the tree: operators and operands. */
export const Token = {
  "+": 100,
  "-": 101,
  "*": 102,
  "@": 103,
  "/": 104,
  "%": 105,
  "//": 106,
  "**": 107,
  "|": 108,
  "&": 109,
  "^": 110,
  "<<": 111,
  ">>": 112,
  "~": 113,
  "and": 114,
  "or": 115,
  "<": 116,
  "<=": 117,
  "==": 118,
  "!=": 119,
  ">=": 120,
  ">": 121,
  "<>": 122,
  "in": 123,
  "not in": 124,
  "is": 125,
  "is not": 126,
  "+=": 127,
  "-=": 128,
  "*=": 129,
  "@=": 130,
  "/=": 131,
  "%=": 132,
  "//=": 133,
  "**=": 134,
  "|=": 135,
  "&=": 136,
  "^=": 137,
  "<<=": 138,
  ">>=": 139,
  "_": 140,
  "print": 141,
} as const;

/** One more than the largest value of {@link Kind} and {@link Token}: the length of a table by kind. */
export const KIND_COUNT = 142;

/** What to do with a grammar symbol while flattening. */
export const Action = {
  /** Neither the node nor what is below it. */
  drop: 0,
  /** The node alone. */
  keep: 1,
  /** The node and its children. */
  descend: 3,
} as const;

const DROPPED = new Set<number>([
  Kind.comment,
  Kind.line_continuation,
  Kind.string_start,
  Kind.string_content,
  Kind.string_end,
  Kind.escape_sequence,
  Kind.escape_interpolation,
  Kind.type_conversion,
]);

/** Nothing below these is measured: leaves, and statements without expressions. */
const CHILDLESS = new Set<number>([
  Kind.identifier,
  Kind.integer,
  Kind.float,
  Kind.true,
  Kind.false,
  Kind.none,
  Kind.ellipsis,
  Kind.dotted_name,
  Kind.keyword_separator,
  Kind.positional_separator,
  Kind.import_statement,
  Kind.import_from_statement,
  Kind.future_import_statement,
  Kind.global_statement,
  Kind.nonlocal_statement,
  Kind.pass_statement,
  Kind.break_statement,
  Kind.continue_statement,
]);

/** Grammar symbols (`TSSymbol`, 16 bits) → our kinds and what to do with them. */
export interface KindTable {
  kinds: Uint8Array;
  actions: Uint8Array;
  /** As in the grammar, for messages. Hidden symbols have none. */
  names: readonly (string | undefined)[];
  /** Whether trees say which fields nodes are. */
  hasFields?: boolean;
  /** Whether what is inside a node is left out, though its symbol says otherwise. */
  isLeaf?(kind: number, text: string, start: number): boolean;
}

export const ERROR_SYMBOL = 0xffff;

/** Reads the names of a loaded grammar once; unknown names become {@link Kind.other} or are dropped. */
export function mapGrammar(language: Language): KindTable {
  const table = {
    kinds: new Uint8Array(0x10000),
    actions: new Uint8Array(0x10000),
    names: language.types,
    isLeaf: isPlainString,
  };
  language.types.forEach((name, symbol) => {
    const named = language.nodeTypeIsNamed(symbol);
    const known = (named ? Kind : Token) as Record<string, number>;
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    table.kinds[symbol] = kind ?? Kind.other;
    table.actions[symbol] = named ? actionOf(kind) : kind === undefined ? Action.drop : Action.keep;
  });
  table.kinds[ERROR_SYMBOL] = Kind.ERROR;
  table.actions[ERROR_SYMBOL] = Action.descend;
  return table;
}

function actionOf(kind: number | undefined): number {
  if (kind === undefined) return Action.descend;
  if (DROPPED.has(kind)) return Action.drop;
  return CHILDLESS.has(kind) ? Action.keep : Action.descend;
}

/** A lookup table by kind: 1 for each of `kinds`. */
export function kindSet(kinds: number[]): Uint8Array {
  const table = new Uint8Array(KIND_COUNT);
  for (const kind of kinds) table[kind] = 1;
  return table;
}

function isPlainString(kind: number, text: string, start: number): boolean {
  return kind === Kind.string && !isFormatted(text, start);
}

/** Whether the string literal at `offset` has an `f` before its quotes. */
function isFormatted(text: string, offset: number): boolean {
  for (let i = offset; i < offset + 2; i++) {
    const letter = text.charCodeAt(i) | 0x20;
    if (letter === 0x66) return true;
    if (letter !== 0x72) return false;
  }
  return false;
}
