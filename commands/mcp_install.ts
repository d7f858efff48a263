import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { App } from "../cli/app.ts";
import { canonicalJson } from "../config/canonical_json.ts";
import { getInJsonc, type Json, setInJsonc } from "../config/edit_jsonc.ts";
import { replaceWithBackup } from "../config/edit_text_file.ts";
import { SERVER_NAME } from "../config/server_schema.ts";
import { ToolError } from "../config/tool_error.ts";
import { type InstallFlags, openClientFile, orToolError, serverKeys } from "./client_file.ts";
import type { McpClient, Target } from "./mcp_clients.ts";
import { showClients } from "./mcp_installed.ts";
import { tellInstall } from "./tell_install.ts";

/** `devmcp mcp install --client CLIENT` */
export async function install(app: App, flags: InstallFlags): Promise<void> {
  if (flags.client === undefined) return showClients(app, flags);
  const { name = "devmcp", dryRun } = flags;
  const { client, file } = openClientFile(app, flags.client, flags);
  const entry = entryFor(client, name, app, flags);
  const [old, text] = orToolError(file.path, () => {
    const keys = [...serverKeys(client, file.text), name];
    const old = getInJsonc(file.text, keys);
    const isSame = old !== undefined && canonicalJson(old) === canonicalJson(entry);
    return [old, isSame ? file.text : setInJsonc(file.text, keys, entry)];
  });
  const backup = dryRun || text === file.text ? undefined : await replaceWithBackup(file, text);
  const done = text === file.text ? "unchanged" : old === undefined ? "added" : "replaced";
  await tellInstall(app, { client, file, text, name, done, backup }, flags);
}

/** @throws {ToolError} when the client knows no such servers, or a flag is wrong */
function entryFor(client: McpClient, name: string, app: App, flags: InstallFlags): Json {
  const cannot = `Cannot install "${name}" in ${client.title}`;
  if (!SERVER_NAME.test(name) || name.startsWith("_")) {
    throw new ToolError(`${cannot}: the name must be letters, digits, _ and -, at most 64`);
  }
  const entry = client.entry(targetOf(app, flags));
  if (entry !== undefined) return entry;
  throw new ToolError(`${cannot}: its file knows programs, no addresses`, {
    hint: "leave out --http, then it starts devmcp itself",
  });
}

function targetOf({ cwd }: App, { http, root }: InstallFlags): Target {
  if (http !== undefined) {
    const url = URL.parse(http);
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
      throw new ToolError(`Cannot use --http ${JSON.stringify(http)}: it is no address`, {
        hint: "give one such as http://127.0.0.1:8004/mcp, without a password",
      });
    }
    if (root !== undefined) {
      throw new ToolError("Cannot use --root with --http: the server has its own", {
        hint: 'give it to "devmcp serve"',
      });
    }
    return { url: http };
  }
  const { command, args } = ownCommand();
  const folder = root === undefined ? [] : ["--root", resolve(cwd, root)];
  return { command, args: [...args, "serve", ...folder] };
}

/** What starts this very program again. */
function ownCommand(): { command: string; args: string[] } {
  const command = Deno.execPath();
  if (Deno.build.standalone) return { command, args: [] };
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  return { command, args: ["run", "--quiet", "-A", main] };
}
