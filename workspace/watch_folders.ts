import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";
import { ToolError } from "../config/tool_error.ts";
import { isInside } from "./confine_path.ts";
import { type Inotify, openInotify } from "./inotify.ts";

/** Tells what changes in some folders, each without those in it. */
export interface FolderWatch {
  /**
   * Watches a folder; one that is not there, or may not be looked into, is left out.
   *
   * @param isTree whether those in it are wanted too, each added on its own. @default true
   * @throws {WatchLimitError} when there may be no more
   */
  add(folder: string, isTree?: boolean): void;
  /** Watches no folder any more that is not one of these. */
  keep(folders: ReadonlySet<string>): void;
  /** What may have changed since the last time, absolute; `"lost"` for anything. Ends after `close`. */
  changes(): AsyncGenerator<string[] | "lost">;
  close(): void;
}

/** The system watches no more for us: nothing could be promised. */
export class WatchLimitError extends ToolError {
  override name = "WatchLimitError";
}

export interface WatchFoldersOptions {
  /** @default openInotify */
  open?(): Inotify | "full" | undefined;
}

/** @throws {WatchLimitError} when the system has no room for another one who watches */
export function watchFolders({ open = openInotify }: WatchFoldersOptions = {}): FolderWatch {
  const inotify = open();
  if (inotify === undefined) return new DenoWatch();
  if (inotify === "full") throw limit("instances");
  return {
    add(folder) {
      // Why it cannot be, the kernel tells in a way that a program without all permissions cannot read.
      if (!inotify.add(folder) && mayLookInto(folder) && !inotify.add(folder)) {
        throw limit("watches");
      }
    },
    keep: (folders) => inotify.keep(folders),
    close: () => inotify.close(),
    async *changes() {
      for (let some; (some = await inotify.next());) yield some;
    },
  };
}

function mayLookInto(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

function limit(what: "instances" | "watches"): WatchLimitError {
  const name = `fs.inotify.max_user_${what}`;
  const [more, other] = what === "watches"
    ? [524288, "name fewer folders"]
    : [1024, "end other programs that watch files"];
  return new WatchLimitError(`Cannot watch more folders: the system's limit is reached (${name})`, {
    hint: `raise it (sudo sysctl ${name}=${more}), or ${other}`,
  });
}

/** Where there is no inotify, the system watches trees as a whole; what is not wanted is left out here. */
class DenoWatch implements FolderWatch {
  readonly #watchers = new Map<string, Deno.FsWatcher>();
  readonly #trees = new Set<string>();
  readonly #queue: string[][] = [];
  #folders = new Set<string>();
  #wake = Promise.withResolvers<void>();
  #isClosed = false;

  add(folder: string, isTree = true): void {
    this.#folders.add(folder);
    const isKnown = this.#watchers.has(folder) && (!isTree || this.#trees.has(folder));
    if (isKnown || [...this.#trees].some((root) => isInside(root, folder))) return;
    try {
      const watcher = Deno.watchFs(folder, { recursive: isTree });
      this.#watchers.get(folder)?.close();
      this.#watchers.set(folder, watcher);
      if (isTree) this.#trees.add(folder);
      void this.#follow(folder, watcher);
    } catch {
      // it is not there
    }
  }

  keep(folders: ReadonlySet<string>): void {
    this.#folders = new Set(folders);
  }

  async *changes(): AsyncGenerator<string[] | "lost"> {
    while (!this.#isClosed) {
      await this.#wake.promise;
      this.#wake = Promise.withResolvers();
      const paths = this.#queue.splice(0).flat();
      if (paths.length > 0) yield paths;
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const watcher of this.#watchers.values()) close(watcher);
    this.#wake.resolve();
  }

  async #follow(root: string, watcher: Deno.FsWatcher): Promise<void> {
    try {
      for await (const { kind, paths } of watcher) {
        if (kind !== "access") this.#tell(paths.filter((path) => this.#isWanted(path)));
      }
    } catch {
      // it cannot be watched any more
    }
    if (this.#watchers.get(root) !== watcher) return;
    this.#watchers.delete(root);
    this.#trees.delete(root);
    this.#tell([root]);
  }

  #isWanted(path: string): boolean {
    return this.#folders.has(path) || this.#folders.has(dirname(path));
  }

  #tell(paths: string[]): void {
    if (paths.length === 0) return;
    this.#queue.push(paths);
    this.#wake.resolve();
  }
}

function close(watcher: Deno.FsWatcher): void {
  try {
    watcher.close();
  } catch {
    // it is closed
  }
}
