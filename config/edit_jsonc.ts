import type { Node } from "jsonc-parser";
import {
  commaAfter,
  endOf,
  indentAt,
  newline,
  restOfLine,
  trimPlace,
  unitOf,
} from "./jsonc_layout.ts";
import { parseJsonc, propertyOf } from "./parse_jsonc.ts";

/** A value as JSON has it; properties that are undefined are left out. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** What is wrong with a text, as the end of a sentence. */
export class JsoncProblem extends Error {
  override name = "JsoncProblem";
}

/**
 * Sets a value in a JSON text with comments; all else stays as it is, byte by byte. Objects on the way
 * are made where they are missing.
 *
 * @param path names of properties
 * @throws {JsoncProblem} when the text is broken, or something on the way is no object
 */
export function setInJsonc(text: string, path: readonly string[], value: Json): string {
  if (text.trim() === "") return setInJsonc("{}\n", path, value);
  let object = rootOf(text);
  for (const [depth, name] of path.entries()) {
    const found = valueOf(object, name);
    const rest = path.slice(depth + 1);
    if (!found) return addTo(text, object, name, wrap(rest, value));
    if (rest.length === 0) return replace(text, found, value);
    object = asObject(found, name);
  }
  return text;
}

/** The value at a path, undefined where there is none. @throws {JsoncProblem} as above */
export function getInJsonc(text: string, path: readonly string[]): Json | undefined {
  let node: Node | undefined = text.trim() === "" ? undefined : rootOf(text);
  for (const name of path) node = node?.type === "object" ? valueOf(node, name) : undefined;
  return node && toValue(node);
}

/**
 * Takes a property out of a JSON text with comments; all else stays as it is, byte by byte.
 *
 * @returns the text as it was when there is no such property
 * @throws {JsoncProblem} as above
 */
export function cutFromJsonc(text: string, path: readonly string[]): string {
  let object: Node | undefined = text.trim() === "" ? undefined : rootOf(text);
  for (const name of path.slice(0, -1)) {
    object = object?.type === "object" ? valueOf(object, name) : undefined;
  }
  const property = object?.type === "object" && required(propertyOf(object, path.at(-1)!));
  return object && property ? cut(text, object, property) : text;
}

function rootOf(text: string): Node {
  return required(parseJsonc(text));
}

function required<T>(found: T | string): T {
  if (typeof found === "string") throw new JsoncProblem(found);
  return found;
}

function valueOf(object: Node, name: string): Node | undefined {
  return required(propertyOf(object, name))?.children?.[1];
}

function asObject(node: Node, name: string): Node {
  return required(node.type === "object" ? node : `its ${JSON.stringify(name)} is no object`);
}

function wrap(path: readonly string[], value: Json): Json {
  return path.reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
}

/** Not the parser's own: it would set prototypes. */
function toValue(node: Node): Json {
  if (node.type === "array") return (node.children ?? []).map(toValue);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children }) => [children![0]!.value, toValue(children![1]!)]),
  );
}

function replace(text: string, node: Node, value: Json): string {
  const lines = write(text, value, indentAt(text, node.offset));
  return text.slice(0, node.offset) + lines + text.slice(endOf(node));
}

function addTo(text: string, object: Node, name: string, value: Json): string {
  const last = object.children?.at(-1);
  const outer = indentAt(text, object.offset);
  if (!last) return addFirst(text, object, name, value, outer);
  const isInline = !text.slice(object.offset, endOf(object)).includes("\n");
  const indent = isInline ? outer : indentAt(text, last.offset);
  const property = `${JSON.stringify(name)}: ${write(text, value, indent)}`;
  const comma = commaAfter(text, endOf(last));
  const at = restOfLine(text, comma === undefined ? endOf(last) : comma + 1);
  const before = isInline ? " " : newline(text) + indent;
  const added = before + property + (comma === undefined ? "" : ",");
  const head = comma === undefined
    ? `${text.slice(0, endOf(last))},${text.slice(endOf(last), at)}`
    : text.slice(0, at);
  return head + added + text.slice(at);
}

/** Into an object that holds comments at most, which stay in front. */
function addFirst(text: string, object: Node, name: string, value: Json, outer: string): string {
  const indent = outer + unitOf(text);
  const close = endOf(object) - 1;
  const head = text.slice(0, close).trimEnd();
  const property = `${JSON.stringify(name)}: ${write(text, value, indent)}`;
  const line = newline(text);
  return `${head}${line}${indent}${property}${line}${outer}${text.slice(close)}`;
}

function cut(text: string, object: Node, property: Node): string {
  const siblings = object.children!;
  const before = siblings[siblings.indexOf(property) - 1];
  const after = commaAfter(text, endOf(property));
  const to = after === undefined ? endOf(property) : after + 1;
  const own = trimPlace(text, property.offset, to);
  const comma = after === undefined && before ? commaAfter(text, endOf(before)) : undefined;
  const kept = comma === undefined
    ? text.slice(0, own.from)
    : text.slice(0, comma) + text.slice(comma + 1, own.from);
  const rest = text.slice(own.to);
  const isEmpty = siblings.length === 1 && /\{\s*$/.test(kept) && /^\s*\}/.test(rest);
  return isEmpty ? kept.trimEnd() + rest.trimStart() : kept + rest;
}

function write(text: string, value: Json, indent: string): string {
  const lines = JSON.stringify(value, null, unitOf(text)).split("\n");
  return lines.join(newline(text) + indent);
}
