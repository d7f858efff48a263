import type { App } from "../../cli/app.ts";
import { canonicalJson } from "../../config/canonical_json.ts";
import { getInJsonc, type Json, setInJsonc } from "../../config/edit_jsonc.ts";
import { replaceWithBackup } from "../../config/edit_text_file.ts";
import { isObject } from "../../config/is_object.ts";
import { SERVER_NAME } from "../../config/server_schema.ts";
import { ToolError } from "../../config/tool_error.ts";
import { type InstallFlags, openClientFile, orToolError, serverKeys } from "./client_file.ts";
import { installTarget } from "./install_target.ts";
import type { McpClient, Target } from "./mcp_clients.ts";
import { showClients } from "./mcp_installed.ts";
import { tellInstall } from "./tell_install.ts";

/** `devmcp mcp install --client CLIENT` */
export async function install(app: App, flags: InstallFlags): Promise<void> {
  if (flags.client === undefined) return showClients(app, flags);
  const { name = "devmcp", dryRun } = flags;
  const { client, file } = openClientFile(app, flags.client, flags);
  const target = await installTarget(client, app, flags);
  const wanted = entryFor(client, name, target);
  const [old, text] = orToolError(file.path, () => {
    const keys = [...serverKeys(client, file.text), name];
    const old = getInJsonc(file.text, keys);
    const entry = mergedEntry(old, wanted, client, target);
    const isSame = old !== undefined && canonicalJson(old) === canonicalJson(entry);
    return [old, isSame ? file.text : setInJsonc(file.text, keys, entry)];
  });
  const backup = dryRun || text === file.text ? undefined : await replaceWithBackup(file, text);
  const done = text === file.text ? "unchanged" : old === undefined ? "added" : "replaced";
  await tellInstall(app, { client, file, text, name, done, backup }, flags);
}

/** @throws {ToolError} when the client knows no such servers, or the name is none */
function entryFor(client: McpClient, name: string, target: Target): Json {
  const cannot = `Cannot install "${name}" in ${client.title}`;
  if (!SERVER_NAME.test(name) || name.startsWith("_")) {
    throw new ToolError(`${cannot}: the name must be letters, digits, _ and -, at most 64`);
  }
  const entry = client.entry(target);
  if (entry !== undefined) return entry;
  throw new ToolError(`${cannot}: its file knows programs, no addresses`, {
    hint: "leave out --http, then it starts devmcp itself",
  });
}

/** The entry with what the user has added to the one before: other keys, and variables. */
function mergedEntry(old: Json | undefined, entry: Json, client: McpClient, target: Target): Json {
  if (!isObject(old) || !isObject(entry)) return entry;
  const both = [{ command: "", args: [] }, { url: "" }].map((one) => client.entry(one));
  const ours = new Set([...both.flatMap((one) => isObject(one) ? Object.keys(one) : []), "env"]);
  const added = Object.entries(old).filter(([key]) => !ours.has(key));
  const env = "command" in target && isObject(old.env) ? { env: old.env } : {};
  return { ...entry, ...Object.fromEntries(added), ...env };
}
