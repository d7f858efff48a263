import type { App } from "../../cli/app.ts";
import { cutFromJsonc, getInJsonc, setInJsonc } from "../../config/edit_jsonc.ts";
import { readBackups, replaceWithBackup } from "../../config/edit_text_file.ts";
import { ToolError } from "../../config/tool_error.ts";
import { type InstallFlags, openClientFile, orToolError, serverKeys } from "./client_file.ts";
import { showClients } from "./mcp_installed.ts";
import { tellInstall } from "./tell_install.ts";

/** `devmcp mcp uninstall --client CLIENT` */
export async function uninstall(app: App, flags: InstallFlags): Promise<void> {
  if (flags.client === undefined) return showClients(app, flags);
  const { name = "devmcp", dryRun } = flags;
  const { client, file } = openClientFile(app, flags.client, flags);
  const text = orToolError(file.path, () => {
    const keys = [...serverKeys(client, file.text), name];
    return original(file.path, file.text, keys) ?? cutFromJsonc(file.text, keys);
  });
  if (text === file.text) {
    throw new ToolError(
      `Cannot uninstall "${name}": ${JSON.stringify(file.path)} does not have it`,
    );
  }
  const backup = dryRun ? undefined : await replaceWithBackup(file, text);
  await tellInstall(app, { client, file, text, name, done: "removed", backup }, flags);
}

/**
 * What the file was, byte by byte, when nothing but our entry has come since: white space, and whether
 * there was a table of servers, cannot be told from the entry alone.
 */
function original(path: string, text: string, keys: string[]): string | undefined {
  const entry = getInJsonc(text, keys);
  if (entry === undefined) return undefined;
  return readBackups(path).find((before) => {
    try {
      return getInJsonc(before, keys) === undefined && setInJsonc(before, keys, entry) === text;
    } catch {
      return false;
    }
  });
}
