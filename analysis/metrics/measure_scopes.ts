import { Role } from "./roles.ts";
import { fileScope, openScope, type SourceScope } from "./scopes.ts";
import { childInRole, roleOf, type TreeView } from "./tree_view.ts";

/** The scopes of a file, and what each costs by itself; by index in `list`. */
export interface ScopeCosts {
  list: SourceScope[];
  /** Decisions, those of functions inside not included. */
  decisions: number[];
  /** Cognitive complexity, the same. */
  cognitive: number[];
  /** How many increments would grow if the scope were one level deeper. */
  nestable: number[];
  /** Structures inside one another, at the deepest place. */
  nesting: number[];
  /** The level that the scope itself stands at in the one around it. */
  level: number[];
}

/** Visits all nodes once, in source order. */
export function measureScopes(view: TreeView, separator: string): ScopeCosts {
  const walk = startWalk(view, separator);
  eachNode(view, (node) => visit(walk, node));
  addRecursion(walk);
  return walk.costs;
}

/** Visits all nodes but the root, in source order; not what an `#if` asks: the program does not. */
export function eachNode(view: TreeView, see: (node: number) => void): void {
  const { tree } = view;
  for (let node = 1; node < tree.size; node++) {
    if (isAskedBefore(view, node)) node = tree.next[node]! - 1;
    else see(node);
  }
}

function isAskedBefore(view: TreeView, node: number): boolean {
  const { tree, roles } = view;
  return tree.field[node] === roles.fields.condition &&
    (roleOf(view, tree.parent[node]!) & Role.directive) > 0;
}

interface Walk {
  view: TreeView;
  separator: string;
  costs: ScopeCosts;
  /** By node: the scope it is in; how deep it stands for cognition and for the eye. */
  owner: Uint32Array;
  level: Uint16Array;
  depth: Uint16Array;
  /** By node of an `if`: 1 once its `else` was met. */
  hasElse: Uint8Array;
  /** By binary operation: 1 if it is boolean; the outermost of its chain. */
  isBoolean: Uint8Array;
  chain: Uint32Array;
  /** By outermost operation: the operator last met, as a role. */
  lastOperator: Uint16Array;
  /** Calls within functions. */
  calls: number[];
}

function startWalk(view: TreeView, separator: string): Walk {
  const { size } = view.tree;
  const costs = {
    list: [fileScope()],
    decisions: [0],
    cognitive: [0],
    nestable: [0],
    nesting: [0],
    level: [0],
  };
  return {
    view,
    separator,
    costs,
    owner: new Uint32Array(size),
    level: new Uint16Array(size),
    depth: new Uint16Array(size),
    hasElse: new Uint8Array(size),
    isBoolean: new Uint8Array(size),
    chain: new Uint32Array(size),
    lastOperator: new Uint16Array(size),
    calls: [],
  };
}

function visit(walk: Walk, node: number): void {
  const { view, owner } = walk;
  const above = view.tree.parent[node]!;
  owner[node] = owner[above]!;
  const role = roleOf(view, node);
  const isElse = continuesIf(walk, role, above);
  placeNode(walk, node, above, isElse);
  if (role === 0) return;
  if (role & (Role.function | Role.class)) enterScope(walk, node);
  if (role & DECIDES) walk.costs.decisions[owner[node]!]! += decisionsAt(view, node);
  if (role & Role.binary) joinChain(walk, node, above);
  addCognitive(walk, node, role, above, isElse);
}

/** Whether a node goes on with an `if`: `else`, `elif`, or the `if` after an `else`. */
function continuesIf({ view, hasElse }: Walk, role: number, above: number): boolean {
  if (!(role & (Role.if | Role.else | Role.elseIf))) return false;
  const roleAbove = roleOf(view, above);
  if (!(role & Role.if)) return (roleAbove & (Role.if | Role.elseIf)) > 0;
  return (roleAbove & Role.else) > 0 || ((roleAbove & Role.if) > 0 && hasElse[above] === 1);
}

function placeNode(
  { view, level, depth }: Walk,
  node: number,
  above: number,
  isElse: boolean,
): void {
  const roleAbove = roleOf(view, above);
  const isDeeper = !isElse && view.roles.isHead[view.tree.field[node]!] === 0;
  const opens = Role.structure | Role.lambda | Role.else | Role.elseIf;
  // What follows an `else` without a clause of its own is a level deeper by the `if` itself.
  level[node] = level[above]! + Number(isDeeper && (roleAbove & opens) > 0);
  depth[node] = depth[above]! +
    Number(isDeeper && (roleAbove & (Role.indents | Role.else)) > 0);
}

function enterScope(walk: Walk, node: number): void {
  const { view, owner, level, depth, costs, separator } = walk;
  const around = owner[node]!;
  const scope = openScope(view, node, { list: costs.list, around, separator });
  if (!scope) return;
  owner[node] = costs.list.push(scope) - 1;
  costs.level.push(level[node]!);
  for (const key of ["decisions", "cognitive", "nestable", "nesting"] as const) costs[key].push(0);
  level[node] = 0;
  depth[node] = 0;
}

const OPERATOR = Role.and | Role.or;
const DECIDES = Role.decision | Role.undecision | Role.fieldDecision;

/** How many decisions a node is; less than none where its parts count one too many. */
export function decisionsAt(view: TreeView, node: number): number {
  const role = roleOf(view, node);
  const byField = Number((role & Role.fieldDecision) > 0 && decidesByField(view, node));
  if ((role & OPERATOR) && !(roleOf(view, view.tree.parent[node]!) & Role.binary)) return byField;
  const tooMany = (role & Role.undecision) && childInRole(view, node, Role.decision) >= 0;
  return byField + Number((role & Role.decision) > 0) - (tooMany ? 1 : 0);
}

function decidesByField({ tree, roles }: TreeView, node: number): boolean {
  const field = roles.decisive[tree.kind[node]!];
  for (let child = node + 1; child < tree.next[node]!; child = tree.next[child]!) {
    if (tree.field[child] === field) return true;
  }
  return false;
}

function joinChain({ view, isBoolean, chain }: Walk, node: number, above: number): void {
  if (childInRole(view, node, OPERATOR) < 0) return;
  isBoolean[node] = 1;
  chain[node] = isBoolean[above] ? chain[above]! : node;
}

function addCognitive(
  walk: Walk,
  node: number,
  role: number,
  above: number,
  isElse: boolean,
): void {
  const { view, owner, level, depth, costs } = walk;
  const scope = owner[node]!;
  const add = (cost: number) => costs.cognitive[scope]! += cost;
  if (role & (Role.else | Role.elseIf)) {
    walk.hasElse[above] = 1;
    if (isElse) add(1);
  } else if ((role & Role.structure) && !isElse) {
    add(1 + level[node]!);
    costs.nestable[scope]!++;
  }
  if ((role & Role.indents) && !isElse) {
    costs.nesting[scope] = Math.max(costs.nesting[scope]!, depth[node]! + 1);
  }
  if ((role & OPERATOR) && walk.isBoolean[above]) {
    const outermost = walk.chain[above]!;
    if (walk.lastOperator[outermost] !== (role & OPERATOR)) add(1);
    walk.lastOperator[outermost] = role & OPERATOR;
  }
  if (role & Role.goto) add(1);
  if ((role & Role.jump) && childInRole(view, node, Role.label) >= 0) add(1);
  if ((role & Role.call) && costs.list[scope]!.kind === "function") walk.calls.push(node);
}

/** One for a function that calls itself, by its bare name or on itself. */
function addRecursion({ view, owner, costs, calls }: Walk): void {
  const recursive = new Set<number>();
  for (const call of calls) {
    const scope = owner[call]!;
    if (!recursive.has(scope) && callsItself(view, call, costs.list[scope]!)) recursive.add(scope);
  }
  for (const scope of recursive) costs.cognitive[scope]!++;
}

const ITSELF = /^(?:(?:\$?this|self|Self|static)\s*(?:\.|->|::)\s*)?$/;
/** More text than this stands before no name that is meant here. */
const MAX_RECEIVER = 40;

function callsItself({ tree, roles }: TreeView, call: number, { name }: SourceScope): boolean {
  const { function: callee, name: named, method } = roles.fields;
  let part = call + 1;
  for (let child = call + 1; child < tree.next[call]!; child = tree.next[child]!) {
    const field = tree.field[child];
    if (field === callee || field === named || field === method) part = child;
  }
  if (part >= tree.size || part >= tree.next[call]!) return false;
  const start = tree.start[call]!, at = tree.end[part]! - name.length;
  if (at < start || at - start > MAX_RECEIVER || !tree.text.startsWith(name, at)) return false;
  return ITSELF.test(tree.text.slice(start, at));
}
