import { isMap, isScalar, type Pair, type ParsedNode, type YAMLMap } from "yaml";
import { parseYaml } from "./parse_file.ts";

type ParsedPair = Pair<ParsedNode, ParsedNode | null>;
const INDENT = 2;

/**
 * YAML text with the value at `path` set, where only the bytes of that value change: writing the
 * document anew would move comments and change the indentation. Rare ways of writing come out
 * wrong, so the caller has to compare what the text says.
 *
 * @param value a string, number, null, or a list of strings
 * @returns undefined when there is no place for it
 */
export function spliceValue(text: string, path: string[], value: unknown): string | undefined {
  let header: ParsedNode | undefined;
  let node: unknown = parseYaml(text).contents;
  for (let depth = 0; depth < path.length; depth++) {
    const rest = path.slice(depth);
    if (!isMap(node)) return openSection(text, header, node as ParsedNode | null, rest, value);
    const map = node as YAMLMap.Parsed;
    const pair = map.items.find(({ key }) => isNamed(key, rest[0]!));
    if (!pair) return addPair(text, header, map, rest, value);
    if (rest.length === 1) return replaceValue(text, pair as ParsedPair, value);
    header = pair.key;
    node = pair.value;
  }
  return undefined;
}

/**
 * YAML text without the key at `path` and what it holds; undefined when it is not there, or not on
 * lines of its own.
 */
export function cutKey(text: string, path: string[]): string | undefined {
  let node: unknown = parseYaml(text).contents;
  let found: ParsedPair | undefined;
  for (const part of path) {
    if (!isMap(node) || node.flow) return undefined;
    found = (node as YAMLMap.Parsed).items.find(({ key }) => isNamed(key, part)) as
      | ParsedPair
      | undefined;
    node = found?.value;
  }
  if (!found) return undefined;
  const start = found.key.range[0] - columnOf(text, found.key.range[0]);
  const lastEnd = found.value ? found.value.range[1] : found.key.range[1];
  // A block's range ends at the beginning of the line after it.
  const last = text[lastEnd - 1] === "\n" ? lastEnd - 1 : lastEnd;
  const lineEnd = text.indexOf("\n", last);
  return text.slice(0, start) + (lineEnd < 0 ? "" : text.slice(lineEnd + 1));
}

function isNamed(key: unknown, name: string): boolean {
  return isScalar(key) && String(key.value) === name;
}

/** A value that begins below its key moves up to it: lists may stand there without indentation. */
function replaceValue(text: string, { key, value: old }: ParsedPair, value: unknown): string {
  const colon = text.indexOf(":", key.range[1]) + 1;
  const [start, end] = old?.range ?? [colon, colon];
  const below = text.slice(colon, start).includes("\n");
  if (start !== end && !below) return text.slice(0, start) + written(value) + text.slice(end);
  const cleared = below ? text.slice(0, start - columnOf(text, start)) + text.slice(end) : text;
  return insert(cleared, colon, ` ${written(value)}`);
}

/** The first in its section, as comments above a key belong to that key. */
function addPair(
  text: string,
  header: ParsedNode | undefined,
  map: YAMLMap.Parsed,
  path: string[],
  value: unknown,
): string {
  if (map.flow) {
    const comma = map.items.length > 0 ? ", " : "";
    return insert(text, map.range[0] + 1, asFlow(path, value) + comma);
  }
  if (!header) return append(text, path, value);
  const first = map.items[0]!.key.range[0];
  return insertBelow(text, header, columnOf(text, first), path, value);
}

/** A section that is not there yet, or without anything in it. */
function openSection(
  text: string,
  header: ParsedNode | undefined,
  empty: ParsedNode | null,
  path: string[],
  value: unknown,
): string | undefined {
  if (!header) return append(text, path, value);
  if (!isScalar(empty)) return undefined;
  const [start, end] = empty.range;
  const cleared = text.slice(0, start) + text.slice(end);
  const indent = columnOf(text, header.range[0]) + INDENT;
  return insertBelow(cleared, header, indent, path, value);
}

function insertBelow(
  text: string,
  header: ParsedNode,
  indent: number,
  path: string[],
  value: unknown,
): string {
  const lineBreak = lineBreakOf(text);
  const lineEnd = text.indexOf("\n", header.range[1]);
  const lines = blockLines(path, value, indent).join(lineBreak);
  if (lineEnd < 0) return `${text}${lineBreak}${lines}${lineBreak}`;
  return insert(text, lineEnd + 1, `${lines}${lineBreak}`);
}

/** At the end, after an empty line. */
function append(text: string, path: string[], value: unknown): string {
  const lineBreak = lineBreakOf(text);
  const lines = blockLines(path, value, 0).join(lineBreak) + lineBreak;
  if (text.trim() === "") return lines;
  return `${text}${text.endsWith("\n") ? "" : lineBreak}${lineBreak}${lines}`;
}

function blockLines(path: string[], value: unknown, indent: number): string[] {
  return path.map((part, depth) => {
    const end = depth === path.length - 1 ? ` ${written(value)}` : "";
    return `${" ".repeat(indent + depth * INDENT)}${written(part)}:${end}`;
  });
}

function asFlow(path: string[], value: unknown): string {
  const [inner, ...outer] = path.toReversed();
  return outer.reduce(
    (text, part) => `${written(part)}: {${text}}`,
    `${written(inner)}: ${written(value)}`,
  );
}

/** Words and addresses need no quotes; a JSON text is one of YAML. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  const isWord = typeof value === "string" && /^[a-z](?:[\w./:@-]*[\w/])?$/i.test(value);
  if (isWord && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)) return value;
  return JSON.stringify(value);
}

function insert(text: string, offset: number, added: string): string {
  return text.slice(0, offset) + added + text.slice(offset);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

function lineBreakOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
