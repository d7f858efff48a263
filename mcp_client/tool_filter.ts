import type { ToolFilter } from "../config/server_definition.ts";

/** Whether a filter offers a tool. */
export function isOffered(name: string, { allow, deny }: ToolFilter): boolean {
  const matches = (pattern: string) => matchesName(pattern, name);
  return allow.some(matches) && !deny.some(matches);
}

/** `*` stands for any characters. In time linear to the name for each star, whatever the pattern. */
function matchesName(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return name === first;
  const last = rest.pop()!;
  if (!name.startsWith(first) || name.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return name.endsWith(last) && name.length - last.length >= from;
}
