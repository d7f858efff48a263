import { MAX_CONFIG_BYTES } from "./config_file.ts";
import { isObject } from "./is_object.ts";
import { readSmallFile } from "./read_small_file.ts";
import type { WrittenServer } from "./server_schema.ts";
import { ToolError } from "./tool_error.ts";
import { replaceTextFile } from "./write_file.ts";

/**
 * Changes a project's .mcp.json: adds a server, or takes one out. What else is in it stays, keys that
 * only other clients know too.
 *
 * @param server undefined: the server goes
 * @throws {ToolError} when there is already one of that name, or none; and when the file is broken
 */
export async function changeMcpJson(
  file: string,
  name: string,
  server: WrittenServer | undefined,
): Promise<void> {
  const read = readSmallFile(file, { maxBytes: MAX_CONFIG_BYTES, followLinks: false });
  const text = read ? new TextDecoder().decode(read.bytes) : "{}";
  await replaceTextFile(file, changedJson(text, name, server, file), { followLinks: false });
}

/** The text of a .mcp.json after the change. @throws {ToolError} */
export function changedJson(
  text: string,
  name: string,
  server: WrittenServer | undefined,
  file: string,
): string {
  const cannot = `Cannot ${server ? "add" : "remove"} "${name}": ${JSON.stringify(file)}`;
  const whole = parse(text);
  const servers = whole?.mcpServers ?? {};
  if (!whole || !isObject(servers)) throw new ToolError(`${cannot} is no table with mcpServers`);
  if (server ? Object.hasOwn(servers, name) : !Object.hasOwn(servers, name)) {
    throw new ToolError(`${cannot} has ${server ? "a server of that name" : "no such server"}`);
  }
  const { [name]: _, ...others } = servers;
  const changed = { ...whole, mcpServers: server ? { ...servers, [name]: server } : others };
  const indent = /^[{[]\r?\n([ \t]+)/.exec(text.trimStart())?.[1] ?? "  ";
  return `${JSON.stringify(changed, null, indent)}\n`;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
