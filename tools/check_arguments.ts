import type * as z from "zod";
import { suggestion } from "../config/nearest.ts";
import { type Tool, ToolError } from "./tool.ts";

type Issue = z.core.$ZodIssue;

/** Wrong fields told of at most. */
const MOST = 20;

/**
 * The arguments as the tool's `run` takes them: those given, else the configured ones, else defaults.
 *
 * @param configured values of fields, as the configuration has them
 * @throws ToolError that names every wrong or unknown field and what was expected of it
 */
export function checkArguments<T extends Pick<Tool, "name" | "input">>(
  { name, input }: T,
  given: Record<string, unknown>,
  configured: Record<string, unknown> = {},
): z.output<T["input"]> {
  const unknown = Object.keys(given).filter((field) => !Object.hasOwn(input.shape, field));
  const open = Object.entries(configured).filter(([field]) => given[field] === undefined);
  const filled = Object.fromEntries(open);
  const parsed = input.safeParse({ ...given, ...filled }, { reportInput: true });
  if (parsed.success && unknown.length === 0) return parsed.data as z.output<T["input"]>;
  const known = Object.keys(input.shape);
  const issues = parsed.error?.issues ?? [];
  const isFilled = ({ path }: Issue) => Object.hasOwn(filled, String(path[0]));
  const problems = [
    ...issues.map((issue) => () =>
      `\`${pathOf(issue)}\`${isFilled(issue) ? ", as configured" : ""}: ${explain(issue)}`
    ),
    ...unknown.map((field) => () => explainUnknown(field, known)),
  ];
  throw new ToolError(`Cannot call "${name}": ${listed(problems)}`, {
    hint: issues.some(isFilled)
      ? '"devmcp config show" tells where it is set'
      : `it takes ${known.map((field) => `\`${field}\``).join(", ")}`,
  });
}

function listed(problems: (() => string)[]): string {
  const rest = problems.length - MOST;
  const told = problems.slice(0, MOST).map((tell) => tell());
  return told.join("; ") + (rest > 0 ? `; and ${rest} more` : "");
}

function pathOf({ path }: Issue): string {
  return path.map(String).join(".");
}

function explainUnknown(field: string, known: string[]): string {
  return `\`${shorten(field)}\`: no such field${suggestion(field, known)}`;
}

/** zod's issues in words that name what was expected and what came. */
function explain(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return `expected ${nounOf(issue.expected)}, but it is missing`;
      return `expected ${nounOf(issue.expected)}, got ${show(issue.input)}`;
    case "invalid_value": {
      const values = issue.values.map(String);
      const meant = suggestion(String(issue.input), values);
      return `expected one of ${values.join(", ")}, got ${show(issue.input)}${meant}`;
    }
    case "too_small":
      return `expected at least ${issue.minimum}${unitOf(issue)}, got ${show(issue.input)}`;
    case "too_big":
      return `expected at most ${issue.maximum}${unitOf(issue)}, got ${show(issue.input)}`;
    default:
      return `${issue.message}, got ${show(issue.input)}`;
  }
}

/** Of what a limit counts. */
function unitOf({ origin }: { origin: string }): string {
  return origin === "string" ? " characters" : "";
}

const NOUNS = new Map<string, string>(Object.entries({
  string: "a string",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  array: "a list",
  object: "an object",
}));

function nounOf(type: string): string {
  return NOUNS.get(type) ?? type;
}

/** A value as JSON, short: it may be megabytes. */
function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? JSON.stringify(shorten(value)) : String(value);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
