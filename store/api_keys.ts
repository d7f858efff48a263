import { join } from "node:path";
import * as z from "zod";
import { SCOPES } from "../config/choices.ts";
import { type Env, userFolders } from "../config/folders.ts";
import { readSmallFile } from "../config/read_small_file.ts";
import { ToolError } from "../config/tool_error.ts";
import { openStateFile } from "./state_file.ts";

/** What a key may be called. It never looks like an id. */
export const KEY_NAME = /^(?![0-9a-f]{16}$)[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

const keySchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  name: z.string().regex(KEY_NAME),
  /** SHA-256 of the key, in hexadecimal digits. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  created: z.iso.datetime(),
  /** Null: never. */
  expires: z.iso.datetime().nullable(),
});

/** An API key of `devmcp serve` as it is kept: not the key itself, only how to know it again. */
export type ApiKey = z.infer<typeof keySchema>;

const MAX_KEYS = 1000;
const schema = z.strictObject({ version: z.literal(1), keys: z.array(keySchema).max(MAX_KEYS) });
const MAX_BYTES = 1024 * 1024;
const WRITABLE_BY_ALL = 0o002;

/** The keys of `devmcp serve`, in a file that only their owner can read. */
export interface ApiKeys {
  /** @throws {ToolError} when the file cannot be used: then no key is good */
  list(): ApiKey[];
  /** @throws {ToolError} when there is one of that name, and as {@link list} */
  add(key: ApiKey): Promise<void>;
  /** Returns what was removed. @param which an id or a name. @throws {ToolError} as {@link list} */
  remove(which: string): Promise<ApiKey | undefined>;
}

/** Where the keys are kept. */
export function apiKeysPath(env: Env): string {
  return join(userFolders(env).state, "api_keys.json");
}

/** Opens the keys; nothing is read before it is asked for. @param path absolute */
export function openApiKeys(path: string): ApiKeys {
  const file = openStateFile({ path, schema, empty: { version: 1 as const, keys: [] } });
  const change = async (edit: (keys: ApiKey[]) => ApiKey[]) => {
    readApiKeys(path); // a broken file is not begun anew: its keys would be gone unsaid
    await file.update(({ version, keys }) => ({ version, keys: edit(keys) }));
  };
  return {
    list: () => readApiKeys(path),
    add: (key) => change((keys) => withKey(keys, key)),
    async remove(which) {
      let removed: ApiKey | undefined;
      await change((keys) => {
        removed = keys.find(({ id }) => id === which) ?? keys.find(({ name }) => name === which);
        return keys.filter((key) => key !== removed);
      });
      return removed;
    },
  };
}

function withKey(keys: ApiKey[], key: ApiKey): ApiKey[] {
  const cannot = `Cannot create the key ${JSON.stringify(key.name)}`;
  if (keys.some(({ name }) => name === key.name)) {
    throw new ToolError(`${cannot}: there is one of that name`, {
      hint: `choose another name, or "devmcp keys revoke ${key.name}" first`,
    });
  }
  if (keys.length >= MAX_KEYS) {
    throw new ToolError(`${cannot}: there are ${MAX_KEYS} already`, {
      hint: '"devmcp keys list" shows them, "devmcp keys revoke" removes one',
    });
  }
  return [...keys, key];
}

/** The keys in a file; none where there is no file. @throws {ToolError} when it cannot be used */
export function readApiKeys(path: string): ApiKey[] {
  const file = readSmallFile(path, { maxBytes: MAX_BYTES, followLinks: true });
  if (!file) return [];
  const cannot = `Cannot use the keys in ${JSON.stringify(path)}`;
  if (Deno.build.os !== "windows" && file.status.mode & WRITABLE_BY_ALL) {
    throw new ToolError(`${cannot}: everybody may write them`, { hint: `chmod 600 ${path}` });
  }
  try {
    return schema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file.bytes)))
      .keys;
  } catch {
    throw new ToolError(`${cannot}: the file is broken`, {
      hint: "mend it, or remove it and create the keys anew; until then no key is good",
    });
  }
}
