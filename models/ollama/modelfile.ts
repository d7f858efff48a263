import { ToolError } from "../../config/tool_error.ts";
import { DEFAULT_MODELS } from "../profiles/default_models.ts";
import starcoder2 from "./Modelfile.starcoder2" with { type: "text" };

/** What a Modelfile says, in the form that Ollama's /api/create takes. */
export interface Modelfile {
  /** The model it is made from. */
  from: string;
  template?: string;
  system?: string;
  /** A parameter that is given several times, such as `stop`, is a list. */
  parameters: Record<string, ParameterValue>;
}

export type ParameterValue = string | number | boolean | string[];

/** Models that devmcp ships a Modelfile for, by their names. */
const SHIPPED: Record<string, string> = { [DEFAULT_MODELS.code]: starcoder2 };

/** The Modelfile that devmcp ships for a model; `name` may end in `:latest`. */
export function shippedModelfile(name: string): Modelfile | undefined {
  const text = SHIPPED[name.toLowerCase().replace(/:latest$/, "")];
  return text === undefined ? undefined : parseModelfile(text);
}

interface Instruction {
  /** In capitals: `FROM`, `PARAMETER`. */
  name: string;
  /** What follows it, without its quotes. */
  value: string;
  line: number;
}

/**
 * Reads a Modelfile: `INSTRUCTION value` by lines, comments, and values of several lines in `"""`.
 * Only what devmcp's own files need is known: FROM, TEMPLATE, SYSTEM and PARAMETER.
 *
 * @throws {ToolError} for what it does not know, with the line
 */
export function parseModelfile(text: string): Modelfile {
  const file: Modelfile = { from: "", parameters: {} };
  for (const instruction of readInstructions(text)) apply(instruction, file);
  if (file.from === "") throw new ToolError("Cannot read the Modelfile: it has no FROM");
  return file;
}

function apply({ name, value, line }: Instruction, file: Modelfile): void {
  if (name === "FROM") file.from = value;
  else if (name === "TEMPLATE") file.template = value;
  else if (name === "SYSTEM") file.system = value;
  else if (name === "PARAMETER") addParameter(value, line, file.parameters);
  else throw unreadable(line, `"${name}" is not known`);
}

function addParameter(text: string, line: number, parameters: Modelfile["parameters"]): void {
  const [, name, rest] = /^(\w+)\s+(\S.*)$/s.exec(text) ?? [];
  if (name === undefined || rest === undefined) throw unreadable(line, "a parameter has a value");
  if (name !== "stop") {
    parameters[name] = typed(rest);
    return;
  }
  const before = parameters.stop;
  parameters.stop = [...Array.isArray(before) ? before : [], unquote(rest)];
}

function typed(text: string): ParameterValue {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : unquote(text);
}

function unquote(text: string): string {
  return /^".*"$/s.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}

const QUOTES = '"""';

function* readInstructions(text: string): Generator<Instruction> {
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    if (/^\s*(#|$)/.test(lines[i]!)) continue;
    const [, name, rest] = /^\s*([A-Za-z]+)\s+(\S.*)$/.exec(lines[i]!) ?? [];
    if (name === undefined || rest === undefined) throw unreadable(i + 1, "no instruction");
    const line = i + 1;
    let value = rest.trimEnd();
    if (value.startsWith(QUOTES)) {
      const end = endOfQuote(lines, i);
      value = quoted([rest, ...lines.slice(i + 1, end + 1)].join("\n"));
      i = end;
    }
    yield { name: name.toUpperCase(), value: unquoteUnless(name, value), line };
  }
}

/** A parameter's value is quoted within it: `stop "### Response"`. */
function unquoteUnless(name: string, value: string): string {
  return name.toUpperCase() === "PARAMETER" ? value : unquote(value);
}

/** The index of the line on which the quote that `lines[start]` opens is closed. */
function endOfQuote(lines: string[], start: number): number {
  const opening = lines[start]!.indexOf(QUOTES) + QUOTES.length;
  for (let i = start; i < lines.length; i++) {
    if (lines[i]!.indexOf(QUOTES, i === start ? opening : 0) >= 0) return i;
  }
  throw unreadable(start + 1, `${QUOTES} is not closed`);
}

function quoted(text: string): string {
  return text.slice(QUOTES.length, text.lastIndexOf(QUOTES));
}

function unreadable(line: number, why: string): ToolError {
  return new ToolError(`Cannot read line ${line} of the Modelfile: ${why}`);
}
