import { parse, YAMLError } from "yaml";
import type { Prompt } from "./prompt.ts";

/** `---`, the front matter, `---`, and the rest. */
const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?\n)?---[ \t]*\n/;
/** Ends the instructions. */
const DIVIDER = /^===[ \t]*\n/m;

/**
 * Reads a prompt's file: front matter with `title` and `description` (and `optional`: placeholders
 * that a user's own template may leave out), the instructions, a line `===`, and the template. Line
 * endings and a byte order mark make no difference.
 *
 * @throws {SyntaxError} with one line that says what is wrong
 */
export function parsePrompt(name: string, file: string): Prompt {
  const { fields, body } = readFrontMatter(file);
  const [instructions, template, ...more] = body.split(DIVIDER).map((part) => part.trim());
  if (instructions === undefined || template === undefined) {
    throw new SyntaxError('no line "===" between the instructions and the template');
  }
  if (more.length > 0) {
    throw new SyntaxError('more than one line "===": only one may end the instructions');
  }
  return { name, ...readNamed(fields), instructions, template };
}

/** What stands between the lines `---`, and what follows them. */
export interface FrontMatter {
  fields: Record<string, unknown>;
  body: string;
}

/**
 * Reads the front matter of a Markdown file. Line endings and a byte order mark make no difference.
 *
 * @throws {SyntaxError} with one line that says what is wrong
 */
export function readFrontMatter(file: string): FrontMatter {
  const text = `${file.replace(/^\ufeff/, "").replaceAll("\r\n", "\n").trimEnd()}\n`;
  const matter = FRONT_MATTER.exec(text);
  if (!matter) throw new SyntaxError('it does not start with front matter between lines "---"');
  return { fields: parseYaml(matter[1] ?? ""), body: text.slice(matter[0].length) };
}

function readNamed(
  fields: Record<string, unknown>,
): Pick<Prompt, "title" | "description" | "optional"> {
  const optional = readNames(fields, "optional");
  return {
    title: readText(fields, "title"),
    description: readText(fields, "description"),
    ...optional.length > 0 ? { optional } : {},
  };
}

function parseYaml(yaml: string): Record<string, unknown> {
  try {
    const value: unknown = parse(yaml, { logLevel: "error", prettyErrors: false });
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch (error) {
    if (!(error instanceof YAMLError || error instanceof ReferenceError)) throw error;
    const [line] = error.message.split("\n");
    throw new SyntaxError(`its front matter is no YAML: ${line}`, { cause: error });
  }
}

/** @throws {SyntaxError} where there is no such text */
export function readText(fields: Record<string, unknown>, key: string): string {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  throw new SyntaxError(`its front matter has no "${key}"`);
}

function readNames(fields: Record<string, unknown>, key: string): string[] {
  const value = Object.hasOwn(fields, key) ? fields[key] : [];
  const names = Array.isArray(value) ? value : [undefined];
  if (names.every((name) => typeof name === "string")) return names;
  throw new SyntaxError(`"${key}" in its front matter is no list of names`);
}
