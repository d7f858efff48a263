import { join } from "node:path";
import * as z from "zod";
import { type Env, userFolders } from "../config/folders.ts";
import { realPathOf } from "../config/trust.ts";
import { openStateFile } from "./state_file.ts";

/** Hashes of tools by their names. */
export type ToolHashes = ReadonlyMap<string, string>;

/** Which server: the file that defines it, and its name. */
export interface ServerPlace {
  file: string;
  name: string;
}

/** What the tools of other servers were when the user saw them. */
export interface KnownTools {
  /** By name; none for a server that was never seen. */
  of(server: ServerPlace): ToolHashes;
  /** Keeps these beside the others of the server. @throws {ToolError} */
  add(server: ServerPlace, tools: ToolHashes): Promise<void>;
}

const schema = z.object({
  version: z.literal(1),
  servers: z.array(z.object({
    file: z.string(),
    name: z.string(),
    tools: z.array(z.tuple([z.string(), z.string()])),
  })),
});

/** Those used last are kept. */
const MAX_SERVERS = 32;
/** With hashes of 32 digits, some megabytes of JSON at most. */
const MAX_TOOLS = 1000;

/** Opens the list; nothing is read before it is asked for. */
export function openKnownTools(env: Env): KnownTools {
  const file = openStateFile({
    path: join(userFolders(env).state, "known_tools.json"),
    schema,
    empty: { version: 1, servers: [] },
    maxBytes: 8 * 1024 * 1024,
  });
  const isSame = (one: ServerPlace, { file, name }: ServerPlace) =>
    one.file === realPathOf(file) && one.name === name;
  return {
    of: (server) => new Map(file.read().servers.find((one) => isSame(one, server))?.tools),
    async add(server, tools) {
      await file.update(({ version, servers }) => {
        const before = servers.find((one) => isSame(one, server))?.tools;
        const merged = [...new Map([...before ?? [], ...tools])];
        const entry = {
          file: realPathOf(server.file),
          name: server.name,
          tools: merged.slice(-MAX_TOOLS),
        };
        const others = servers.filter((one) => !isSame(one, server));
        return { version, servers: [...others, entry].slice(-MAX_SERVERS) };
      });
    },
  };
}
