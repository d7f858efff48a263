import { readConfigText } from "./config_file.ts";
import { checkValue, wrongValue } from "./check_value.ts";
import { findKey } from "./keys.ts";
import { parseConfigFile } from "./parse_file.ts";
import { spliceValue } from "./splice_yaml.ts";
import { ToolError } from "./tool_error.ts";
import { replaceTextFile } from "./write_file.ts";

/**
 * Sets one key of a devmcp.yaml, which is made when it is not there. All else stays as it is, byte by
 * byte. The file is replaced in one step, and only by one that says what was asked for.
 *
 * @param key dotted, such as `model.code.model`
 * @param options.followLinks for the user's own file, not for a project's
 * @throws {ToolError} for an unknown key, a wrong value, and a file that is broken or cannot be written
 */
export async function setConfigValue(
  file: string,
  key: string,
  value: unknown,
  { followLinks }: { followLinks: boolean },
): Promise<void> {
  const text = readConfigText(file, { followLinks })?.text ?? "";
  await replaceTextFile(file, withValue(text, key, value, file), { followLinks });
}

/**
 * The text of a devmcp.yaml with one key set.
 *
 * @param file its name, for messages
 * @throws {ToolError} as {@link setConfigValue} does
 */
export function withValue(text: string, name: string, value: unknown, file: string): string {
  const key = findKey(name);
  const checked = checkValue(key, value);
  if ("wrong" in checked) {
    throw new ToolError(`Cannot set ${name}: it ${wrongValue(key, checked.wrong)}`);
  }
  const expected = settingsOf(text, file).set(name, checked.value);
  const changed = spliceValue(text, key.path, checked.value);
  if (changed !== undefined && saysTheSame(changed, expected, file)) return changed;
  throw new ToolError(`Cannot set ${name} in ${JSON.stringify(file)}: its place is hard to tell`, {
    hint: "the file uses anchors or other rare YAML; change it by hand",
  });
}

/** All that a devmcp.yaml says, by dotted key. @throws {ToolError} when it is broken */
export function settingsOf(text: string, file: string): Map<string, unknown> {
  const { settings, servers } = parseConfigFile(text, file);
  return new Map([
    ...settings.map(({ key, value }) => [key.name, value] as const),
    ...servers.map(({ name, server }) => [`mcpServers.${name}`, server] as const),
  ]);
}

/** Whether a text says just what is expected. */
export function saysTheSame(text: string, expected: Map<string, unknown>, file: string): boolean {
  const ordered = (settings: Map<string, unknown>) =>
    JSON.stringify([...settings].sort(([a], [b]) => a < b ? -1 : 1));
  try {
    return ordered(settingsOf(text, file)) === ordered(expected);
  } catch {
    return false; // no longer YAML
  }
}
