import { fenced } from "../config/fenced.ts";
import { suggestion } from "../config/nearest.ts";
import { oneLine } from "../config/one_line.ts";
import { ToolError } from "../config/tool_error.ts";
import type { Offer, OfferArgument } from "./offer.ts";
import { PLACEHOLDER } from "./fill.ts";

/** Characters of an argument: of one that becomes a block, and of one within a line. */
const MOST_BLOCK = 1_000_000;
const MOST_INLINE = 2_000;

const ALONE = /^[ \t]*\{\{ ?([A-Za-z_]\w*) ?\}\}[ \t]*$/;
const FENCE_START = /^[ \t]*`{3,}([^`]*)$/;
const FENCE_END = /^[ \t]*`{3,}[ \t]*$/;
/** What an info string may hold: a language's name. */
const INFO = /^[\w+#.-]{0,40}$/;

/**
 * The text of a prompt with its arguments. One that stands alone on its line, fenced or not, becomes a
 * block whose fence is longer than any in it; within a line it becomes one line. Of an argument that
 * is left out and has no default the line goes, and with a block its paragraph and one before it that
 * ends with a colon. A value is never searched for placeholders.
 *
 * @param given blank ones count as left out
 * @throws {ToolError} for arguments that are missing, unknown or too long
 */
export function fillOffer(offer: Offer, given: Record<string, string>): string {
  const values = checkGiven(offer, given);
  const paragraphs: string[] = [];
  for (const paragraph of offer.body.split(/\n{2,}/)) {
    const text = fillParagraph(offer, paragraph, values);
    if (text === undefined && paragraphs.at(-1)?.endsWith(":")) paragraphs.pop();
    if (text) paragraphs.push(text);
  }
  return paragraphs.join("\n\n");
}

type Values = ReadonlyMap<string, string>;

function checkGiven(offer: Offer, given: Record<string, string>): Values {
  const names = offer.arguments.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const shown = oneLine(unknown, 64);
    throw refused(offer, `\`${shown}\` is no argument of it${suggestion(shown, names)}`);
  }
  const own = (name: string) => Object.hasOwn(given, name) ? given[name] : undefined;
  const missing = offer.arguments.filter(({ name, required }) => required && !own(name)?.trim());
  if (missing.length > 0) {
    throw refused(offer, `${missing.map(({ name }) => `\`${name}\``).join(", ")} must be given`);
  }
  return new Map(offer.arguments.flatMap((argument) => valueOf(argument, own(argument.name))));
}

function valueOf({ name, default: fallback }: OfferArgument, text = ""): [string, string][] {
  const value = text.trim() === "" ? fallback : text;
  return value === undefined ? [] : [[name, value]];
}

function refused({ name, arguments: known }: Offer, state: string): ToolError {
  const takes = known.map((argument) => `\`${argument.name}\``).join(", ") || "no arguments";
  return new ToolError(`Cannot fill the prompt "${name}": ${state}`, { hint: `it takes ${takes}` });
}

/** Undefined where its block is left out. */
function fillParagraph(offer: Offer, paragraph: string, values: Values): string | undefined {
  const lines = paragraph.split("\n");
  const filled: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const block = findBlock(lines, at);
    if (!block) {
      filled.push(...fillLine(offer, lines[at]!, values));
      continue;
    }
    const value = values.get(block.name);
    if (value === undefined) return;
    filled.push(fillBlock(offer, block, value, values));
    at += block.lines - 1;
  }
  return filled.join("\n");
}

interface Block {
  name: string;
  /** What the author wrote behind the fence. */
  info: string;
  lines: number;
}

function findBlock(lines: string[], at: number): Block | undefined {
  const [, name] = ALONE.exec(lines[at]!) ?? [];
  if (name !== undefined) return { name, info: "", lines: 1 };
  const [, info] = FENCE_START.exec(lines[at]!) ?? [];
  const [, inner] = ALONE.exec(lines[at + 1] ?? "") ?? [];
  if (info === undefined || inner === undefined || !FENCE_END.test(lines[at + 2] ?? "")) return;
  return { name: inner, info: info.trim(), lines: 3 };
}

function fillBlock(offer: Offer, { name, info }: Block, value: string, values: Values): string {
  refuseLong(offer, name, value, MOST_BLOCK);
  const language = info.replace(PLACEHOLDER, (_, name: string) => values.get(name) ?? "");
  return fenced(value, INFO.test(language) ? language.toLowerCase() : "");
}

function fillLine(offer: Offer, line: string, values: Values): string[] {
  const names = Array.from(line.matchAll(PLACEHOLDER), ([, name]) => name!);
  if (names.some((name) => !values.has(name))) return [];
  return [line.replace(PLACEHOLDER, (_, name: string) => {
    const value = values.get(name)!;
    refuseLong(offer, name, value, MOST_INLINE);
    return oneLine(value, MOST_INLINE);
  })];
}

function refuseLong(offer: Offer, name: string, value: string, most: number): void {
  if (value.length <= most) return;
  throw refused(offer, `\`${name}\` has ${value.length} characters, and ${most} at most are taken`);
}
