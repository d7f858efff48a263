import { createLineScanner } from "./line_scanner.ts";

/** What stands for a magic while Python's own tools look at a cell. */
export type StandIn = (magic: Magic) => string;

export interface Magic {
  /** As it was written, over all of its lines. */
  text: string;
  /** Counts from 0. */
  index: number;
  /** `statement`: alone on its lines; `value`: what a name is set to. */
  kind: "statement" | "value";
  /** What stands before it on its line. */
  before: string;
}

export interface MaskedCell {
  text: string;
  magics: Magic[];
  /** 1-based lines that hold a magic, with the column where it begins. */
  lines: Map<number, number>;
}

/** `%time f()`, `!ls`, `?name`, and what IPython takes as calls without brackets. */
const STATEMENT = /^([ \t]*)([%!?/,;].*)$/;
const HELP = /^([ \t]*)([%\w.*[\]'"]+\?{1,2}[ \t]*)$/;
const VALUE = /^([ \t]*[\w.,* \t[\]'"]*[\w\]'" \t]=[ \t]*)([%!](?!=).*)$/;

/**
 * Puts something in the place of each line that only IPython understands.
 *
 * @param keepsLines whether empty lines follow the stand-in of a magic that goes on over several lines, so
 * that the others keep their numbers. @default true
 */
export function maskMagics(
  source: string,
  standIn: StandIn,
  { keepsLines = true }: { keepsLines?: boolean } = {},
): MaskedCell {
  const parts = source.split(/(\r\n|\r|\n)/);
  const magics: Magic[] = [], lines = new Map<number, number>();
  const scanner = createLineScanner();
  for (let at = 0; at < parts.length; at += 2) {
    const found = scanner.isStart() ? findMagic(parts[at]!) : undefined;
    if (!found) {
      scanner.read(parts[at]!);
      continue;
    }
    const first = at;
    let text = found.text;
    lines.set(at / 2 + 1, found.before.length + 1);
    while (parts[at]!.endsWith("\\") && at + 2 < parts.length) {
      text += parts[at + 1]! + parts[at + 2]!;
      at += 2;
      lines.set(at / 2 + 1, 1);
      parts[at] = parts[at]!.endsWith("\\") ? "\\" : "";
    }
    for (let rest = first + 1; rest <= at; rest++) {
      if (rest % 2 === 0 || !keepsLines) parts[rest] = "";
    }
    const magic = { ...found, text, index: magics.length };
    magics.push(magic);
    parts[first] = found.before + standIn(magic);
  }
  return { text: parts.join(""), magics, lines };
}

function findMagic(line: string): Omit<Magic, "index"> | undefined {
  const statement = STATEMENT.exec(line) ?? HELP.exec(line);
  if (statement) return { kind: "statement", before: statement[1]!, text: statement[2]! };
  const value = VALUE.exec(line);
  return value ? { kind: "value", before: value[1]!, text: value[2]! } : undefined;
}
