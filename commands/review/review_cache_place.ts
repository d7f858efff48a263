import { join } from "node:path";
import type { App } from "../../cli/app.ts";
import { userFolders } from "../../config/folders.ts";
import { programState } from "../../workspace/program_state.ts";

/** What the cache of reviews may take on the disk: 256 MB. */
export const CACHE_BYTES = 256e6;

export function reviewCacheFolder(env: App["env"]): string {
  return join(userFolders(env).cache, "reviews");
}

/** The program, and with it all its engines; undefined when it is run from source, which may change. */
export function whoLooks({ version }: Pick<App, "version">): string | undefined {
  const state = programState();
  return state && `${version} ${state}`;
}
