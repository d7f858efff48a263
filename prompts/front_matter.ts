import { parse, YAMLError } from "yaml";
import type { Prompt } from "./prompt.ts";

/** `---`, the front matter, `---`, and the rest. */
const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?\n)?---[ \t]*\n/;
/** Ends the instructions. */
const DIVIDER = /^===[ \t]*\n/m;

/**
 * Reads a prompt's file: front matter with `title` and `description`, the instructions, a line
 * `===`, and the template. Line endings and a byte order mark make no difference.
 *
 * @throws {SyntaxError} with one line that says what is wrong
 */
export function parsePrompt(name: string, file: string): Prompt {
  const text = `${file.replace(/^\ufeff/, "").replaceAll("\r\n", "\n").trimEnd()}\n`;
  const matter = FRONT_MATTER.exec(text);
  if (!matter) throw new SyntaxError('it does not start with front matter between lines "---"');
  const body = text.slice(matter[0].length);
  const divider = DIVIDER.exec(body);
  if (!divider) throw new SyntaxError('no line "===" between the instructions and the template');
  return {
    name,
    ...readFields(matter[1] ?? ""),
    instructions: body.slice(0, divider.index).trim(),
    template: body.slice(divider.index + divider[0].length).trim(),
  };
}

function readFields(yaml: string): Pick<Prompt, "title" | "description"> {
  const fields = parseYaml(yaml);
  return { title: readText(fields, "title"), description: readText(fields, "description") };
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

function readText(fields: Record<string, unknown>, key: string): string {
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  throw new SyntaxError(`its front matter has no "${key}"`);
}
