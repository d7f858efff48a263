import type { Env } from "../config/folders.ts";
import type { HttpServer, StdioServer } from "../config/server_definition.ts";
import { ToolError } from "../config/tool_error.ts";

/** `${NAME}` and `${NAME:-default}`. */
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * A server's definition with the variables of the user's environment filled in. Only for servers that
 * the user has agreed to: this is how their secrets come into it.
 *
 * @throws {ToolError} naming the first variable that is not set and has no default
 */
export function expandVariables<T extends StdioServer | HttpServer>(server: T, env: Env): T {
  const expand = (value: unknown): unknown => {
    if (typeof value === "string") return expandText(value, env);
    if (Array.isArray(value)) return value.map(expand);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, expand(one)]));
  };
  return expand(server) as T;
}

function expandText(text: string, env: Env): string {
  return text.replace(VARIABLE, (_, name: string, fallback?: string) => {
    // As a shell has it: an empty one counts as not set where there is a default.
    const value = fallback === undefined ? env(name) : env(name) || fallback;
    if (value !== undefined) return value;
    throw new ToolError(`Cannot fill in "\${${name}}": the variable is not set`, {
      hint: `set ${name}, or give a default: \${${name}:-…}`,
    });
  });
}

/** The names of the variables that a server's definition would read, each once, sorted. */
export function variablesOf(server: StdioServer | HttpServer): string[] {
  const names = JSON.stringify(server).matchAll(VARIABLE);
  return [...new Set([...names].map(([, name]) => name!))].sort();
}
