import type { ToolResult } from "../execute/toolbox.ts";

/** `{{step1.issues.0.message}}`, `{{last.code}}`; the path is split at dots. After `\\` it is only text. */
const REFERENCE =
  /\\?(?:\{\{ ?(file:[^{}\n]{1,300}|[A-Za-z_]\w{0,63}(?:\.[\w-]{1,64}){0,16}) ?\}\}|\{prev_result\})/g;
/** As models write them when they forget something; only where they are the whole value. */
const LOOSE =
  /^\s*(?:\$?\{{1,2} ?|<|\$)?((?:step\d{1,2}|last)(?:\.[\w-]{1,64}){1,8})(?: ?\}{1,2}|>)?\s*$/;
/** Deeper arguments are not looked into. */
const MAX_DEPTH = 32;

/** What references may reach. */
export interface ReferenceScope {
  /** By id of the step. */
  results: ReadonlyMap<string, ToolResult>;
  /** The other names: `last`, `message`, `attachment1`. */
  values: Record<string, unknown>;
  /** The texts of files, read before. */
  files: ReadonlyMap<string, string>;
}

export type Resolved =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; problem: string };

/** The paths of all references in arguments, `{prev_result}` as `["prev_result"]`. */
export function referencesIn(value: unknown, depth = 0): string[][] {
  if (typeof value === "string") {
    return [...value.matchAll(REFERENCE)].filter(([found]) => !isText(found))
      .map(([, name]) => splitName(name ?? "prev_result"));
  }
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return [];
  return Object.values(value).flatMap((one) => referencesIn(one, depth + 1));
}

function isText(found: string): boolean {
  return found.startsWith("\\");
}

/** The same value with what looks like a reference as mere text: it is what somebody said. */
export function escapeReferences<T>(value: T): T {
  if (typeof value === "string") return escapeText(value) as T;
  if (Array.isArray(value)) return value.map((one) => escapeReferences(one)) as T;
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([key, one]) => [key, escapeReferences(one)]);
  return Object.fromEntries(fields) as T;
}

function escapeText(text: string): string {
  const escaped = text.replace(REFERENCE, "\\$&");
  return escaped === text && isLoose(text) ? `\\${text}` : escaped;
}

function isLoose(text: string): boolean {
  return LOOSE.test(text.replace(/^\\+/, ""));
}

function splitName(name: string): string[] {
  return name.startsWith("file:") ? ["file", name.slice(5).trim()] : name.split(".");
}

/** Thrown and caught here only. */
class UnknownReference extends Error {}

/**
 * Puts the values of earlier results into arguments. A value that is nothing but a reference keeps its
 * type; what is put in is never searched again.
 */
export function resolveReferences(args: Record<string, unknown>, scope: ReferenceScope): Resolved {
  try {
    return { ok: true, value: resolve(args, scope, 0) as Record<string, unknown> };
  } catch (error) {
    if (!(error instanceof UnknownReference)) throw error;
    return { ok: false, problem: error.message };
  }
}

function resolve(value: unknown, scope: ReferenceScope, depth: number): unknown {
  if (typeof value === "string") return resolveText(value, scope);
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((one) => resolve(one, scope, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, resolve(one, scope, depth + 1)]),
  );
}

function resolveText(text: string, scope: ReferenceScope): unknown {
  const [only] = text.matchAll(REFERENCE);
  if (only && !isText(only[0]) && only[0] === text.trim()) {
    return lookUp(splitName(only[1] ?? "prev_result"), scope);
  }
  if (!only && isText(text) && isLoose(text)) return text.slice(1);
  const loose = LOOSE.exec(text)?.[1]?.split(".");
  if (loose && scope.results.has(loose[0]!)) return lookUp(loose, scope);
  return text.replace(
    REFERENCE,
    (found, name) =>
      isText(found) ? found.slice(1) : toText(lookUp(splitName(name ?? "prev_result"), scope)),
  );
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "";
}

function lookUp(path: string[], scope: ReferenceScope): unknown {
  const [name, ...fields] = path as [string, ...string[]];
  if (name === "file") return textOfFile(fields[0]!, scope);
  const id = name === "prev_result" ? [...scope.results.keys()].at(-1) : name;
  const result = id === undefined ? undefined : scope.results.get(id);
  if (result) return ofResult(result, fields, path);
  if (!Object.hasOwn(scope.values, name)) throw unknown(path, "no such step or value");
  return descend(scope.values[name], fields, path);
}

function textOfFile(name: string, { files }: ReferenceScope): string {
  const text = files.get(name);
  if (text === undefined) throw unknown(["file", name], "it cannot be read");
  return text;
}

/** A result by itself is its text, but where there is code in it, that is meant. */
function ofResult(result: ToolResult, fields: string[], path: string[]): unknown {
  if (!result.ok) throw unknown(path, "that step failed");
  if (fields.length === 0) return result.text;
  const isText = ["text", "result", "output"].includes(fields[0]!) && fields.length === 1;
  if (isText && !(result.data && Object.hasOwn(result.data, fields[0]!))) return result.text;
  return descend(result.data ?? {}, fields, path);
}

function descend(value: unknown, fields: string[], path: string[]): unknown {
  let at = value;
  for (const field of fields) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, field)) {
      throw unknown(path, knownFields(at));
    }
    at = (at as Record<string, unknown>)[field];
  }
  if (at === undefined) throw unknown(path, "it has no value");
  return at;
}

function knownFields(value: unknown): string {
  if (typeof value !== "object" || value === null) return "it has no fields";
  const fields = Object.keys(value).slice(0, 12);
  return fields.length === 0 ? "there is nothing in it" : `it has ${fields.join(", ")}`;
}

function unknown(path: string[], state: string): UnknownReference {
  const name = path[0] === "file" ? `file:${path[1]}` : path.join(".");
  const line = `Cannot use "{{${name}}}": ${state}`;
  return new UnknownReference(line.replace(/\s+/g, " ").slice(0, 400));
}
