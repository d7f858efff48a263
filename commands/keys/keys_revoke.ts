import type { App } from "../../cli/app.ts";
import { toJson } from "../../cli/sanitize.ts";
import { oneLine } from "../../config/one_line.ts";
import { suggestion } from "../../config/nearest.ts";
import { ToolError } from "../../config/tool_error.ts";
import { apiKeysPath, openApiKeys } from "../../store/api_keys.ts";

/** `devmcp keys revoke` */
export async function revokeKey(which: string, app: App, { json }: { json?: boolean }) {
  const keys = openApiKeys(apiKeysPath(app.env));
  const removed = await keys.remove(which);
  if (!removed) throw noKey(which, keys.list().map(({ name }) => name));
  const { id, name } = removed;
  app.stdout.write(
    json ? `${toJson({ version: 1, revoked: { id, name } }, 2)}\n` : `revoked ${name} (${id})\n`,
  );
}

function noKey(which: string, names: string[]): ToolError {
  const near = suggestion(which, names);
  return new ToolError(
    `Cannot revoke ${JSON.stringify(shown(which))}: there is no such key${near}`,
    { hint: '"devmcp keys list" shows them' },
  );
}

/** Who gives the key itself, where its name is wanted, does not find it in a log. */
function shown(which: string): string {
  return /^devmcp_/.test(which) ? "devmcp_…" : oneLine(which, 64);
}
