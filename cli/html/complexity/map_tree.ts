import type { FileTotals } from "../../complexity_tally.ts";
import { visible } from "../markup.ts";
import type { MapNode } from "./map_node.ts";

/** As many areas a page has at most, and as many of them a folder. */
const MAX_NODES = 3000;
const MAX_CHILDREN = 1000;
/** Folders inside one another; below that, the rest of the path is one name. */
const MAX_DEPTH = 40;

/**
 * The folders and files of a code base, the largest first. Where there are more than a page takes, the
 * largest folders are told in parts, and what is small in each is one.
 */
export function mapTree(files: readonly FileTotals[], maxNodes = MAX_NODES): MapNode {
  const root = joinOnly(sum(plant(files)), true);
  unfold(root, maxNodes);
  return clean(root);
}

interface Growing extends MapNode {
  inside: Map<string, Growing>;
}

function newNode(name: string): Growing {
  return { name, lines: 0, functions: 0, worst: 0, sum: 0, files: 0, inside: new Map() };
}

function plant(files: readonly FileTotals[]): Growing {
  const root = newNode("");
  for (const file of files) {
    let node = root;
    for (const part of partsOf(file.path)) {
      const next = node.inside.get(part) ?? newNode(part);
      node.inside.set(part, next);
      node = next;
    }
    node.lines += file.lines;
    node.functions += file.functions;
    node.worst = Math.max(node.worst, file.highest);
    node.sum += file.cyclomaticOfFunctions;
    node.files += 1;
  }
  return root;
}

function partsOf(path: string): string[] {
  const parts = path.split("/");
  return parts.length <= MAX_DEPTH
    ? parts
    : [...parts.slice(0, MAX_DEPTH - 1), parts.slice(MAX_DEPTH - 1).join("/")];
}

/** Folders amount to what they hold. */
function sum(node: Growing): Growing {
  for (const one of node.inside.values()) addTo(node, sum(one));
  return node;
}

function addTo(node: MapNode, { lines, functions, worst, sum, files }: MapNode): void {
  node.lines += lines;
  node.functions += functions;
  node.worst = Math.max(node.worst, worst);
  node.sum += sum;
  node.files += files;
}

/** A folder that holds nothing but a folder is one with it. */
function joinOnly(node: Growing, isRoot = false): Growing {
  for (const [name, one] of node.inside) node.inside.set(name, joinOnly(one));
  const [only, second] = node.inside.values();
  if (!only || second || only.inside.size === 0 || only.files < node.files) return node;
  return { ...only, name: isRoot ? only.name : `${node.name}/${only.name}` };
}

/** The largest folder is told in parts, then the next, as long as there is room. */
function unfold(root: Growing, maxNodes: number): void {
  let room = maxNodes - 1;
  const open = [root];
  while (open.length > 0 && room > 0) {
    const [largest] = open.splice(indexOfLargest(open), 1);
    const children = partsIn(largest!, Math.min(room, MAX_CHILDREN));
    largest!.children = children;
    room -= children.length;
    open.push(...children.filter(({ inside }) => inside.size > 0));
  }
}

function indexOfLargest(nodes: readonly MapNode[]): number {
  return nodes.reduce((best, { lines }, index) => lines > nodes[best]!.lines ? index : best, 0);
}

function partsIn({ inside }: Growing, most: number): Growing[] {
  const all = [...inside.values()].sort((a, b) => b.lines - a.lines || (a.name < b.name ? -1 : 1));
  if (all.length <= most) return all;
  const rest: Growing = { ...newNode(""), rest: true };
  for (const one of all.slice(most - 1)) addTo(rest, one);
  return [...all.slice(0, most - 1), rest].sort((a, b) => b.lines - a.lines);
}

/** Without what was needed to grow it. */
function clean({ inside: _, children, name, ...node }: Growing): MapNode {
  return {
    name: visible(name),
    ...node,
    ...children && { children: (children as Growing[]).map(clean) },
  };
}
