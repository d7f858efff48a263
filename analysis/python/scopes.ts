import { childOfKind, lastChild, textOf } from "../syntax/syntax_nodes.ts";
import { Kind } from "./syntax_kinds.ts";
import type { SyntaxTree } from "../syntax/syntax.ts";

export type ScopeKind = "module" | "class" | "function";

/** A module, class or function. Lambdas and comprehensions belong to the scope they stand in. */
export interface Scope {
  kind: ScopeKind;
  /** The node of the definition, without its decorators. */
  node: number;
  /** Index of the scope that the definition stands in; -1 for the module. */
  parent: number;
  name: string;
  /** Python's qualified name without `<locals>`: `Class.method`, `outer.inner`. */
  qualifiedName: string;
}

/** Where a node stands relative to the definitions around it. radon leaves some of these out. */
export const Region = {
  body: 0,
  /** Bases, keywords, type parameters and decorators of a class. */
  classHeader: 1,
  /** Parameters, return type, type parameters and decorators of a function. */
  functionHeader: 2,
} as const;

export interface Scopes {
  /** In source order, so a scope comes after the one it stands in. The module is 0. */
  list: Scope[];
  /** By node: the scope that evaluates it. Headers belong to the scope around the definition. */
  owner: Uint32Array;
  /** By node: a {@link Region}. */
  region: Uint8Array;
}

/** Finds all scopes of a tree in one pass. */
export function findScopes(tree: SyntaxTree): Scopes {
  const module: Scope = { kind: "module", node: 0, parent: -1, name: "", qualifiedName: "" };
  const { size } = tree;
  const scopes: Scopes = {
    list: [module],
    owner: new Uint32Array(size),
    region: new Uint8Array(size),
  };
  const headers: Headers = { defines: new Uint32Array(size), region: new Uint8Array(size) };
  for (let node = 1; node < size; node++) {
    place(tree, scopes, headers, node);
    headers.region[node] = headerOf(tree, node);
    const kind = SCOPE_OF_HEADER[headers.region[node]!];
    if (kind && tree.kind[node] !== Kind.decorated_definition) {
      headers.defines[node] = define(tree, scopes, node, kind);
    }
  }
  return scopes;
}

/** By node. */
interface Headers {
  /** The scope that a function or class defines; 0 for all else. */
  defines: Uint32Array;
  /** The region of the header, for functions, classes and what decorates them. */
  region: Uint8Array;
}

function place(tree: SyntaxTree, scopes: Scopes, headers: Headers, node: number): void {
  const parent = tree.parent[node]!, defined = headers.defines[parent]!;
  if (defined !== 0 && tree.kind[node] === Kind.block) {
    scopes.owner[node] = defined;
    return; // Region.body
  }
  const isHeader = defined !== 0 || tree.kind[node] === Kind.decorator;
  scopes.owner[node] = scopes.owner[parent]!;
  scopes.region[node] = Math.max(scopes.region[parent]!, isHeader ? headers.region[parent]! : 0);
}

const SCOPE_OF_HEADER: (ScopeKind | undefined)[] = [undefined, "class", "function"];

function headerOf(tree: SyntaxTree, node: number): number {
  switch (tree.kind[node]) {
    case Kind.function_definition:
      return Region.functionHeader;
    case Kind.class_definition:
      return Region.classHeader;
    case Kind.decorated_definition: {
      const definition = lastChild(tree, node);
      return tree.kind[definition] === Kind.class_definition
        ? Region.classHeader
        : Region.functionHeader;
    }
    default:
      return Region.body;
  }
}

function define(tree: SyntaxTree, scopes: Scopes, node: number, kind: ScopeKind): number {
  const parent = scopes.owner[node]!;
  const identifier = childOfKind(tree, node, Kind.identifier);
  const name = identifier < 0 ? "" : textOf(tree, identifier).normalize("NFKC");
  const around = scopes.list[parent]!.qualifiedName;
  const qualifiedName = around === "" ? name : `${around}.${name}`;
  return scopes.list.push({ kind, node, parent, name, qualifiedName }) - 1;
}
