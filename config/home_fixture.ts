import { dirname, join } from "node:path";
import type { Env } from "./folders.ts";

/** A home folder of its own for one test. */
export interface TestHome {
  path: string;
  /** An environment with this home and `values`. */
  env(values?: Record<string, string>): Env;
  write(name: string, text: string | Uint8Array): Promise<string>;
  read(name: string): Promise<string>;
}

/** Where the user's own devmcp.yaml is in a {@link TestHome}. */
export const USER_FILE = "config/devmcp/devmcp.yaml";

/** Runs `test` with a fresh home that holds `files`, and removes it. */
export async function inHome(
  files: Record<string, string>,
  test: (home: TestHome) => Promise<void>,
): Promise<void> {
  const path = await Deno.realPath(await Deno.makeTempDir());
  const home: TestHome = {
    path,
    env: (values = {}) => (name) => ({ ...environmentOf(path), ...values })[name],
    async write(name, text) {
      const file = join(path, name);
      await Deno.mkdir(dirname(file), { recursive: true });
      await Deno.writeFile(file, typeof text === "string" ? new TextEncoder().encode(text) : text);
      return file;
    },
    read: (name) => Deno.readTextFile(join(path, name)),
  };
  try {
    for (const [name, text] of Object.entries(files)) await home.write(name, text);
    await test(home);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

function environmentOf(home: string): Record<string, string | undefined> {
  return { HOME: home, XDG_CONFIG_HOME: `${home}/config`, XDG_STATE_HOME: `${home}/state` };
}
