import { elementsOf, type JsonSpan } from "./json_spans.ts";

/** New text for a cell. */
export interface CellSource {
  span: JsonSpan;
  source: string;
}

/**
 * The notebook's JSON with other sources for some cells; every other byte stays. Lines are laid out
 * as those were that they replace, and lines that stay are written as they were.
 *
 * @param cells in the order of their places
 */
export function rewriteSources(text: string, cells: CellSource[]): string {
  // deno-lint-ignore no-control-regex
  const isAscii = /^[\x00-\x7f]*$/.test(text);
  let at = 0, result = "";
  for (const { span, source } of cells) {
    result += text.slice(at, span.start) + toJson(text, span, source, isAscii);
    at = span.end;
  }
  return result + text.slice(at);
}

function toJson(text: string, span: JsonSpan, source: string, isAscii: boolean): string {
  const write = (value: string) => isAscii ? escaped(JSON.stringify(value)) : JSON.stringify(value);
  if (text[span.start] === '"') return write(source);
  const elements = [...elementsOf(text, span.start)];
  const lines = source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const [first] = elements, last = elements.at(-1);
  if (!first || !last || lines.length === 0) return "[]";
  const written = new Map(elements.map(({ start, end }) => {
    const raw = text.slice(start, end);
    return [JSON.parse(raw) as string, raw];
  }));
  const lead = text.slice(span.start + 1, first.start);
  const tail = text.slice(last.end, span.end - 1);
  const next = elements[1] ? text.slice(first.end, elements[1].start) : `,${lead}`;
  return `[${lead}${lines.map((line) => written.get(line) ?? write(line)).join(next)}${tail}]`;
}

function escaped(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
