/**
 * What the nodes of a language's syntax tree mean to the metrics: the names of the grammar's node
 * types, apart by spaces; tokens (`'&&'`) in quotes. A name may stand in several lines.
 */
export interface LanguageMetrics {
  /**
   * Which syntax errors are told: `all`; those of files whose `brackets` come in no pairs, where the
   * grammar stumbles over valid code too; or `none`, where a linter is the judge.
   */
  syntaxErrors: "all" | "brackets" | "none";
  /** Measured each on its own, if they have a body. */
  functions: string;
  /** The bodies of functions, where the grammar has no field `body` for them. */
  bodies?: string;
  /** Functions that may do without a body: `def a; end`. */
  bodiless?: string;
  /** What gives a function without a name the name that stands left in it: `f = function () {}`. */
  namers?: string;
  /** What may stand between the two: `f = memo(function () {})`; of calls, the first argument alone. */
  carriers?: string;
  /** Functions whose first word is their name. */
  unnamed?: string;
  /** What a declarator may be wrapped in without a field. */
  wrappers?: string;
  /** Functions that are part of the one around them. */
  lambdas?: string;
  /** Their names begin those of the functions inside. */
  classes?: string;
  /** Stands between the parts of a name. @default "." */
  separator?: string;
  /** Macros, called or defined: what is inside braces and can be parsed is measured as if it stood alone. */
  macros?: string;
  /** Lists of parameters. */
  parameters: string;
  /** The kinds of what counts in these lists. @default all that is no comment */
  parameter?: string;
  /** What stands in these lists and is no parameter, as text: `(void)`. */
  noParameters?: string;

  /** Each costs one of cyclomatic complexity: what lizard counts. */
  decisions: string;
  /** Each takes one back that its parts have counted too many. */
  undecisions?: string;
  /** Each costs one with the field that follows its name: `assignment_pattern.right`. */
  fieldDecisions?: string;
  /** What is decided before anything runs: of these the `condition` is not looked into. */
  directives?: string;
  /** Boolean operators: they count where their parent is one of `binaries`. */
  ands: string;
  ors: string;
  binaries: string;

  /** Cost one and the level they stand at of cognitive complexity; what they hold is a level deeper. */
  ifs: string;
  loops: string;
  switches?: string;
  catches?: string;
  /** The same, but they indent nothing: `a ? b : c`, `x if y`. */
  inlineIfs?: string;
  /** Cost one where they belong to one of `ifs`; an `if` in them is no deeper than the first. */
  elses: string;
  /** Cost one: `elif`. */
  elseIfs?: string;
  /** Indent, and cost nothing: `try`. */
  blocks?: string;
  /** Cost one with a label, which is a node of one of these kinds: `break outer`. */
  jumps?: string;
  labels?: string;
  /** Cost one always. */
  gotos?: string;
  /** Calls, for recursion: the first part of them is what is called, or their field `name`. */
  calls: string;
}
