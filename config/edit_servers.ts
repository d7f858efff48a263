import { readConfigText } from "./config_file.ts";
import { saysTheSame, settingsOf } from "./edit_file.ts";
import { isObject } from "./is_object.ts";
import { checkServer, type WrittenServer } from "./server_schema.ts";
import { cutKey, spliceValue } from "./splice_yaml.ts";
import { ToolError } from "./tool_error.ts";
import { replaceTextFile } from "./write_file.ts";

/**
 * Adds a server to a devmcp.yaml, which is made when it is not there. All else stays, byte by byte.
 *
 * @throws {ToolError} when there is a server of that name, or the file is broken or cannot be written
 */
export async function addServer(file: string, name: string, server: WrittenServer): Promise<void> {
  const text = readConfigText(file, { followLinks: true })?.text ?? "";
  await replaceTextFile(file, withServer(text, name, server, file), { followLinks: true });
}

/**
 * Takes a server out of a devmcp.yaml.
 *
 * @param options.followLinks for the user's own file, not for a project's
 * @throws {ToolError} when it is not there, and as above
 */
export async function removeServer(
  file: string,
  name: string,
  { followLinks }: { followLinks: boolean },
): Promise<void> {
  const text = readConfigText(file, { followLinks })?.text ?? "";
  await replaceTextFile(file, withoutServer(text, name, file), { followLinks });
}

/** The text of a devmcp.yaml with one more server. @throws {ToolError} */
export function withServer(text: string, name: string, server: WrittenServer, file: string) {
  const checked = checkServer(name, server, { strict: true });
  if ("problem" in checked) {
    const { path, state } = checked.problem;
    throw new ToolError(`Cannot add "${name}": ${path.join(".") || "it"} ${state}`);
  }
  const expected = settingsOf(text, file);
  if (expected.has(`mcpServers.${name}`)) {
    throw new ToolError(`Cannot add "${name}": ${JSON.stringify(file)} has a server of that name`, {
      hint: `run "devmcp mcp remove ${name}" first`,
    });
  }
  expected.set(`mcpServers.${name}`, checked.server);
  // Each goes before what is there already.
  const changed = leavesOf(server).reverse().reduce<string | undefined>(
    (text, [path, value]) =>
      text && spliceValue(text, ["mcpServers", name, ...path], value) || undefined,
    text || "\n",
  );
  if (changed !== undefined && saysTheSame(changed, expected, file)) {
    return changed.replace(/^\n+/, "");
  }
  throw hardToTell("add", name, file);
}

/** The text of a devmcp.yaml without a server. @throws {ToolError} */
export function withoutServer(text: string, name: string, file: string): string {
  const expected = settingsOf(text, file);
  if (!expected.delete(`mcpServers.${name}`)) {
    throw new ToolError(`Cannot remove "${name}": ${JSON.stringify(file)} has no such server`);
  }
  const changed = cutKey(text, ["mcpServers", name]);
  if (changed !== undefined && saysTheSame(changed, expected, file)) return changed;
  throw hardToTell("remove", name, file);
}

/** The values of a server, each with the keys that lead to it. */
function leavesOf(value: object, path: string[] = []): [path: string[], value: unknown][] {
  return Object.entries(value).flatMap(([key, inner]) => {
    if (inner === undefined) return [];
    return isObject(inner) ? leavesOf(inner, [...path, key]) : [[[...path, key], inner]];
  });
}

function hardToTell(action: string, name: string, file: string): ToolError {
  return new ToolError(
    `Cannot ${action} "${name}" in ${JSON.stringify(file)}: its place is hard to tell`,
    { hint: "the file uses anchors or other rare YAML; change it by hand" },
  );
}
