import { functionName, receiverType } from "./function_name.ts";
import { Role } from "./roles.ts";
import { childInField, childInRole, roleOf, textOf, type TreeView } from "./tree_view.ts";

/** The file (the first), a class, or a function. */
export interface SourceScope {
  kind: "file" | "class" | "function";
  node: number;
  /** Where its name stands; the node itself if it has none. */
  nameNode: number;
  name: string;
  /** With the names around it: `Stack.push`. */
  qualifiedName: string;
  /** Its index in the list; the file is its own. */
  parent: number;
}

export function fileScope(): SourceScope {
  return { kind: "file", node: 0, nameNode: 0, name: "", qualifiedName: "", parent: 0 };
}

/** The scope that a node opens within `around`, if it does. */
export function openScope(
  view: TreeView,
  node: number,
  { list, around, separator }: { list: SourceScope[]; around: number; separator: string },
): SourceScope | undefined {
  const role = roleOf(view, node);
  if (!(role & (Role.function | Role.class))) return undefined;
  const kind = role & Role.function ? "function" : "class";
  if (kind === "function" && !hasBody(view, node)) return undefined;
  const named = kind === "function" ? functionName(view, node) : className(view, node);
  if (!named) return undefined;
  const prefix = receiverType(view, node) ?? list[around]!.qualifiedName;
  const { text: name, node: nameNode } = named;
  const qualifiedName = prefix === "" ? name : prefix + separator + name;
  return { kind, node, nameNode, name, qualifiedName, parent: around };
}

function hasBody(view: TreeView, node: number): boolean {
  return childInField(view, node, "body") >= 0 || (roleOf(view, node) & Role.bodiless) > 0 ||
    childInRole(view, node, Role.body) >= 0;
}

/** By its name, or by the type that an `impl` is for; of those without, nothing is said. */
function className(view: TreeView, node: number) {
  for (const field of ["name", "type"] as const) {
    const name = childInField(view, node, field);
    if (name < 0) continue;
    const text = textOf(view.tree, name).replace(/<[^]*$/, "").replace(/\s+/g, " ").slice(0, 100);
    return { text, node: name };
  }
}
