import { createScanner, type Node } from "jsonc-parser";

/** A place with the white space that is there for its sake: its line, or what is in front of it. */
export function trimPlace(text: string, from: number, to: number): { from: number; to: number } {
  const lead = /\r?\n[ \t]*$/.exec(text.slice(0, from));
  if (lead && /^[ \t]*(\r?\n|$)/.test(text.slice(to))) {
    return { from: lead.index, to: to + /^[ \t]*/.exec(text.slice(to))![0].length };
  }
  const space = /[ \t]*$/.exec(text.slice(0, from))![0].length;
  return lead ? { from, to } : { from: from - space, to };
}

/** Where the comma after a place is, behind white space and comments. */
export function commaAfter(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  const at = scanner.getTokenOffset();
  return text[at] === "," ? at : undefined;
}

/** Behind the comments that follow in the same line: they are about what is in front of them. */
export function restOfLine(text: string, offset: number): number {
  const scanner = createScanner(text, false);
  scanner.setPosition(offset);
  for (let end = offset;;) {
    scanner.scan();
    const at = scanner.getTokenOffset();
    const token = text.slice(at, at + scanner.getTokenLength());
    if (/^\/[/*]/.test(token)) end = at + token.length;
    else if (!/^[ \t]/.test(token)) return end;
  }
}

/** Where a value ends. */
export function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** The white space that a place's line begins with. */
export function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)![0];
}

/** One step of the text's own indentation. */
export function unitOf(text: string): string {
  return /^[^\n]*\{[^\S\n]*\n([ \t]+)"/m.exec(text)?.[1] ?? "  ";
}

/** What the text's lines end with. */
export function newline(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
