import { type Document, isMap, isNode, type YAMLSeq } from "yaml";
import { checkValue, wrongValue } from "./check_value.ts";
import { readConfigText } from "./config_file.ts";
import { findKey } from "./keys.ts";
import { parseConfigFile, parseYaml } from "./parse_file.ts";
import { ToolError } from "./tool_error.ts";
import { replaceTextFile } from "./write_file.ts";

/**
 * Sets one key of a devmcp.yaml, which is made when it is not there. Comments, order and the other
 * values stay. The file is replaced in one step, and only by one that says what was asked for.
 *
 * @param key dotted, such as `model.code.model`
 * @throws {ToolError} for an unknown key, a wrong value, and a file that is broken or cannot be written
 */
export async function setConfigValue(file: string, key: string, value: unknown): Promise<void> {
  const text = readConfigText(file, { followLinks: true })?.text ?? "";
  await replaceTextFile(file, withValue(text, key, value, file));
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
  const before = parseConfigFile(text, file);
  const document = parseYaml(text);
  openSections(document, key.path.slice(0, -1));
  put(document, key.path, checked.value);
  const changed = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimStart();
  const expected = new Map(before.settings.map((one) => [one.key.name, one.value]))
    .set(name, checked.value);
  const after = parseConfigFile(changed, file).settings.map((one) => [one.key.name, one.value]);
  if (sorted(after) === sorted([...expected])) return changed;
  throw new ToolError(`Cannot set ${name} in ${JSON.stringify(file)}: other keys share its place`, {
    hint: "the file uses anchors; change it by hand",
  });
}

/** A section may be written without anything in it, which is null in YAML. */
function openSections(document: Document, path: string[]): void {
  for (let depth = 0; depth <= path.length; depth++) {
    const part = path.slice(0, depth);
    if (isMap(document.getIn(part, true))) continue;
    const empty = document.createNode({});
    if (depth === 0) document.contents = empty;
    else document.setIn(part, empty);
  }
}

/** A scalar takes the place of a scalar; a list gets one line, and the comments of what was there. */
function put(document: Document, path: string[], value: unknown): void {
  if (!Array.isArray(value)) return document.setIn(path, value);
  const before = document.getIn(path, true);
  const list = document.createNode(value) as YAMLSeq;
  list.flow = true;
  if (isNode(before)) {
    Object.assign(list, { comment: before.comment, commentBefore: before.commentBefore });
  }
  document.setIn(path, list);
}

function sorted(settings: unknown[][]): string {
  return JSON.stringify(settings.sort((a, b) => String(a[0]) < String(b[0]) ? -1 : 1));
}
