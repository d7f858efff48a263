import type { App } from "../../cli/app.ts";
import { requireYes } from "../../cli/ask.ts";
import { renderBytes } from "../../cli/byte_text.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { findInstalled } from "../mcp/find_installed.ts";
import { findOllama, openAdmin } from "./model_servers.ts";

interface RemoveFlags {
  yes?: boolean;
  server?: string;
  json?: boolean;
}

/** `devmcp models rm`: asks first, for to get a model back is a download of gigabytes. */
export async function removeModel(name: string, app: App, flags: RemoveFlags): Promise<void> {
  const server = await findOllama(app, { url: flags.server });
  const admin = await openAdmin(server);
  const model = await findInstalled(name, admin, { doing: "remove", signal: app.signal });
  if (!flags.yes) {
    const question = `Remove ${model.name} (${renderBytes(model.size)}) from ${server.shown}?`;
    await requireYes(question, `Cannot remove "${name}"`, app);
  }
  await admin.remove(model.name, { signal: app.signal });
  const result = { version: 1, removed: model.name, server: server.shown, bytes: model.size };
  app.stdout.write(
    flags.json
      ? `${toJson(result, 2)}\n`
      : `removed ${sanitizeLine(model.name)}, ${renderBytes(model.size)}\n`,
  );
}
