import { basename, join, resolve } from "node:path";
import type { App } from "../cli/app.ts";
import { askYes, canAsk } from "../cli/ask.ts";
import { valueText, withoutCredentials } from "../cli/config_text.ts";
import { renderRows } from "../cli/help.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { MAX_CONFIG_BYTES, nameOf, readConfigText } from "../config/config_file.ts";
import { CONFIG_NAME, findProjectFile } from "../config/find_file.ts";
import { hashOf } from "../config/hash_of.ts";
import { needsTrust } from "../config/keys.ts";
import { type FileSetting, parseConfigFile } from "../config/parse_file.ts";
import { readSmallFile } from "../config/read_small_file.ts";
import { ToolError } from "../config/tool_error.ts";
import { addTrust, isTrusted, readTrusted, removeTrust } from "../config/trust.ts";

interface Flags {
  yes?: boolean;
  json?: boolean;
}

/** The user said no. */
const DECLINED = 1;

/**
 * `devmcp trust [PATH]`: shows what the file asks for, and trusts it when the user says so.
 *
 * @param ask asks the user. @default on the terminal
 */
export async function trustFile(
  path: string | undefined,
  app: App,
  { yes, json }: Flags,
  ask: (question: string) => Promise<boolean> = (question) => askYes(question, app),
): Promise<void> {
  const file = fileOf(path, app);
  const content = readConfigText(file, { followLinks: false });
  if (!content) throw new ToolError(`Cannot trust ${JSON.stringify(file)}: no such file`);
  if (content.isForeign) {
    throw new ToolError(`Cannot trust ${JSON.stringify(file)}: it belongs to another user`);
  }
  const { settings } = parseConfigFile(content.text, nameOf(file, app.cwd));
  const asking = settings.filter((setting) => needsTrust(setting.key, setting));
  const known = asking.length === 0 || isTrusted(app.env, file, content.bytes);
  if (!json) app.stdout.write(describe(file, asking, known, app));
  // JSON where nobody can be asked only tells what there is to agree to.
  const agreed = known || yes || !(json && !canAsk(app)) && await askUser(file, app, ask);
  if (agreed && !known) await addTrust(app.env, file, content.bytes);
  if (!agreed) app.exitCode = DECLINED;
  if (json) {
    app.stdout.write(`${toJson({ version: 1, file, trusted: agreed, ...asked(asking) })}\n`);
  } else if (!known) app.stdout.write(agreed ? "trusted until it changes\n" : "not trusted\n");
}

async function askUser(
  file: string,
  app: App,
  ask: (question: string) => Promise<boolean>,
): Promise<boolean> {
  if (canAsk(app)) return await ask("Trust this file?");
  throw new ToolError(`Cannot trust ${JSON.stringify(file)}: there is no terminal to ask on`, {
    hint: "read the file, then add --yes",
  });
}

/** What the file may do once it is trusted, one line for each key. */
function describe(file: string, asking: FileSetting[], known: boolean, { stdout }: App): string {
  const name = sanitizeLine(file);
  if (asking.length === 0) return `${name} asks for nothing that needs trust\n`;
  const rows = asking.map(({ key, value, line }): [string, string] => [
    `${key.name}: ${sanitizeLine(shown(key.name, value))}`,
    `line ${line}; ${meaningOf(key.name)}`,
  ]);
  return `${name} ${known ? "is trusted; it sets" : "is not trusted; it would set"}\n${
    renderRows(rows, stdout)
  }`;
}

function shown(name: string, value: unknown): string {
  return valueText(withoutCredentials(name, value)) || "none";
}

/** What can go wrong with a key, by its name or the last part of it. */
const MEANINGS = new Map([
  ["code_review.model", "lets a model read the code of every review"],
  ["endpoints", "your code and prompts are sent there"],
  ["kind", "decides how the servers are spoken to"],
  ["model", "reads your code and prompts; it may run elsewhere"],
  ["context_tokens", "decides how much memory the server takes"],
  ["max_tokens", "decides how long a model writes"],
  ["api_key_env", "the content of this variable is sent to the servers"],
  ["enabled", "decides which tools are offered"],
]);

function meaningOf(name: string): string {
  return MEANINGS.get(name) ?? MEANINGS.get(name.split(".").at(-1)!) ?? "needs trust";
}

function asked(asking: FileSetting[]) {
  return {
    asks_for: asking.map(({ key, value, line }) => ({
      key: key.name,
      value: withoutCredentials(key.name, value),
      line,
    })),
  };
}

/** `devmcp trust --list` */
export function listTrust({ env, stdout }: App, { json }: Flags): void {
  const files = readTrusted(env).map(({ path, sha256 }) => ({
    path,
    state: stateOf(path, sha256),
  }));
  if (json) return stdout.write(`${toJson({ version: 1, files }, 2)}\n`);
  stdout.write(
    files.length === 0
      ? "no trusted files\n"
      : renderRows(files.map(({ path, state }) => [sanitizeLine(path), state]), stdout),
  );
}

type TrustState = "trusted" | "changed, no longer trusted" | "gone";

function stateOf(path: string, sha256: string): TrustState {
  try {
    const file = readSmallFile(path, { maxBytes: MAX_CONFIG_BYTES, followLinks: false });
    if (!file) return "gone";
    return hashOf(file.bytes) === sha256 ? "trusted" : "changed, no longer trusted";
  } catch {
    return "changed, no longer trusted"; // into something that is no file of ours
  }
}

/** `devmcp trust --remove [PATH]` */
export async function untrustFile(
  path: string | undefined,
  app: App,
  { json }: Flags,
): Promise<void> {
  const file = fileOf(path, app);
  if (!await removeTrust(app.env, file)) {
    throw new ToolError(`Cannot end the trust in ${JSON.stringify(file)}: it is not trusted`, {
      hint: 'run "devmcp trust --list" for those that are',
    });
  }
  const text = json
    ? toJson({ version: 1, file, trusted: false })
    : sanitizeLine(`${file} removed`);
  app.stdout.write(`${text}\n`);
}

/** A folder stands for the file in it. */
function fileOf(path: string | undefined, { cwd, env }: App): string {
  if (path !== undefined) {
    const given = resolve(cwd, path);
    return basename(given) === CONFIG_NAME ? given : join(given, CONFIG_NAME);
  }
  const found = findProjectFile(cwd, env);
  if (found) return found;
  throw new ToolError(
    `Cannot find a ${CONFIG_NAME} here: neither this folder nor one above has it`,
    {
      hint: "give its path",
    },
  );
}
