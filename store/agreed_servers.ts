import { join } from "node:path";
import * as z from "zod";
import { type Env, userFolders } from "../config/folders.ts";
import { realPathOf } from "../config/trust.ts";
import { openStateFile } from "./state_file.ts";

/** A server of a project, as the user has seen it. */
export interface SeenServer {
  /** The file that defines it. */
  file: string;
  name: string;
  /** Of its whole definition. */
  sha256: string;
}

/** The servers of projects that the user has agreed to, each as it was then. */
export interface AgreedServers {
  has(server: SeenServer): boolean;
  /** Stands for an earlier agreement to a server of that name too. @throws {ToolError} */
  add(server: SeenServer): Promise<void>;
}

const schema = z.object({
  version: z.literal(1),
  servers: z.array(z.object({ file: z.string(), name: z.string(), sha256: z.string() })),
});

/** The oldest are asked about again. */
const MAX_SERVERS = 10_000;

/** Opens the list; nothing is read before it is asked for. */
export function openAgreedServers(env: Env): AgreedServers {
  const file = openStateFile({
    path: join(userFolders(env).state, "agreed_servers.json"),
    schema,
    empty: { version: 1, servers: [] },
  });
  // Whoever asks may know more of a server, such as its headers: none of it is kept.
  const real = ({ file, name, sha256 }: SeenServer): SeenServer => (
    { file: realPathOf(file), name, sha256 }
  );
  return {
    has(server) {
      const { file: path, name, sha256 } = real(server);
      return file.read().servers.some((one) =>
        one.file === path && one.name === name && one.sha256 === sha256
      );
    },
    async add(server) {
      const added = real(server);
      await file.update(({ version, servers }) => {
        const others = servers.filter((one) => one.file !== added.file || one.name !== added.name);
        return { version, servers: [...others, added].slice(-MAX_SERVERS) };
      });
    },
  };
}
