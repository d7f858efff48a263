import type { App } from "../../cli/app.ts";
import { toJson } from "../../cli/sanitize.ts";
import { paletteOf } from "../../cli/style.ts";
import { type Column, renderTable } from "../../cli/table.ts";
import { hasExpired } from "../../server/access/check_api_key.ts";
import { dateText } from "../../sessions/date_text.ts";
import { type ApiKey, apiKeysPath, openApiKeys } from "../../store/api_keys.ts";

const COLUMNS: Column<ApiKey>[] = [
  { title: "NAME", cut: "end", text: ({ name }) => name },
  { title: "ID", text: ({ id }) => id },
  { title: "SCOPES", text: ({ scopes }) => scopes.join(" ") },
  { title: "CREATED (UTC)", text: ({ created }) => dateText(created) },
  { title: "EXPIRES", text: stateOf },
];

/** `devmcp keys list` */
export function listKeys(app: App, { json }: { json?: boolean }): void {
  const keys = openApiKeys(apiKeysPath(app.env)).list();
  if (json) return app.stdout.write(`${toJson({ version: 1, keys: keys.map(toFields) }, 2)}\n`);
  if (keys.length === 0) {
    return app.stderr.write('no keys yet; "devmcp keys create NAME" makes one\n');
  }
  const columns = app.stdout.isTerminal ? app.stdout.columns : Infinity;
  const heading = paletteOf(app.stdout).strong;
  app.stdout.write(renderTable(keys, COLUMNS, { columns, heading }));
}

function stateOf(key: ApiKey): string {
  if (key.expires === null) return "never";
  return hasExpired(key, Date.now()) ? "expired" : dateText(key.expires);
}

/** The hash says nothing of the key, and nobody needs it. */
function toFields({ hash: _, ...key }: ApiKey) {
  return { ...key, expired: hasExpired(key, Date.now()) };
}
