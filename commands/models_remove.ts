import type { App } from "../cli/app.ts";
import { askYes, canAsk } from "../cli/ask.ts";
import { renderBytes } from "../cli/byte_text.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { ToolError } from "../config/tool_error.ts";
import { findInstalled } from "./find_installed.ts";
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
    await confirm(
      `Remove ${model.name} (${renderBytes(model.size)}) from ${server.shown}?`,
      name,
      app,
    );
  }
  await admin.remove(model.name, { signal: app.signal });
  const result = { version: 1, removed: model.name, server: server.shown, bytes: model.size };
  app.stdout.write(
    flags.json
      ? `${toJson(result, 2)}\n`
      : `removed ${sanitizeLine(model.name)}, ${renderBytes(model.size)}\n`,
  );
}

async function confirm(question: string, name: string, app: App): Promise<void> {
  if (!canAsk(app)) {
    throw new ToolError(`Cannot remove "${name}": nobody can be asked`, {
      hint: "give --yes to remove it without a question",
    });
  }
  if (await askYes(question, app)) return;
  throw new ToolError(`Cannot remove "${name}": the answer was not yes`);
}
