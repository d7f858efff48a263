import { isObject } from "../config/is_object.ts";

const KEY = "x-mcp-header";
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const TYPES: unknown[] = ["string", "integer", "boolean"];

/**
 * Whether a tool's parameters name headers as protocol revision 2026-07-28 wants it: each on a scalar
 * that is reached over `properties` alone, as a token, no two alike. Over HTTP others must be left out.
 */
export function hasValidHeaders(inputSchema: unknown): boolean {
  const names = new Set<string>();
  const declared = countKeys(inputSchema);
  const visit = (node: unknown, isRoot: boolean): boolean => {
    if (!isObject(node)) return true;
    if (KEY in node && (isRoot || !addName(node, names))) return false;
    const { properties } = node;
    return !isObject(properties) || Object.values(properties).every((one) => visit(one, false));
  };
  return declared === 0 || visit(inputSchema, true) && names.size === declared;
}

function addName(schema: Record<string, unknown>, names: Set<string>): boolean {
  const name = schema[KEY];
  if (typeof name !== "string" || !TOKEN.test(name) || !TYPES.includes(schema.type)) return false;
  const isNew = !names.has(name.toLowerCase());
  names.add(name.toLowerCase());
  return isNew;
}

/** How often a key of that name is there, wherever it stands. */
function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Object.hasOwn(value, KEY) && !Array.isArray(value) ? 1 : 0;
  return Object.values(value).reduce((sum: number, one) => sum + countKeys(one), own);
}
