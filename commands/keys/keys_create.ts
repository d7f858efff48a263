import type { App } from "../../cli/app.ts";
import { toJson } from "../../cli/sanitize.ts";
import type { Scope } from "../../config/choices.ts";
import { ToolError } from "../../config/tool_error.ts";
import { createApiKey } from "../../server/access/api_key.ts";
import { dateText } from "../../sessions/date_text.ts";
import { type ApiKey, apiKeysPath, KEY_NAME, openApiKeys } from "../../store/api_keys.ts";

interface Flags {
  scope?: Scope[];
  /** Hours. */
  expires?: number;
  json?: boolean;
}

/** `devmcp keys create`. Standard output gets the key and nothing else. */
export async function createKey(name: string, app: App, flags: Flags): Promise<void> {
  if (!KEY_NAME.test(name)) throw badName();
  const { text, ...made } = createApiKey();
  const key: ApiKey = { ...made, name, scopes: flags.scope ?? ["read"], ...times(flags.expires) };
  const keys = openApiKeys(apiKeysPath(app.env));
  await keys.add(key);
  try {
    show(text, key, app, flags);
  } catch (error) {
    await keys.remove(key.id); // nobody has seen it, and nobody ever would
    throw orNotShown(error);
  }
}

function show(text: string, key: ApiKey, app: App, { json }: Flags): void {
  const { hash: _, ...shown } = key;
  app.stdout.write(json ? `${toJson({ version: 1, key: text, ...shown }, 2)}\n` : `${text}\n`);
  if (!json) app.stderr.write(explain(key));
}

/** An output that is closed is usually no news; here it is. */
function orNotShown(error: unknown): unknown {
  if (error instanceof ToolError) return error;
  return new ToolError(
    "Cannot create the key: it could not be printed, so that it was taken back",
    {
      cause: error,
    },
  );
}

const HOUR_MS = 3_600_000;

function times(hours: number | undefined): Pick<ApiKey, "created" | "expires"> {
  const now = Date.now();
  const expires = hours === undefined ? null : new Date(now + hours * HOUR_MS).toISOString();
  return { created: new Date(now).toISOString(), expires };
}

function explain({ id, name, scopes, expires }: ApiKey): string {
  const until = expires === null ? "until it is revoked" : `until ${dateText(expires)} UTC`;
  return `devmcp: the key "${name}" (${id}) for ${scopes.join(", ")}, good ${until}\n` +
    "Keep it now: it is not shown again. Clients send it as\n" +
    "  Authorization: Bearer KEY\n";
}

function badName(): ToolError {
  return new ToolError("Cannot create a key of that name: it is no name for a key", {
    hint: "take 1 to 64 letters, digits and . _ @ -, a letter or digit first, and no id",
  });
}
