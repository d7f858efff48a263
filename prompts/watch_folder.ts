/** What {@link watchFolder} may be given instead of the real world, in tests. */
export interface WatchOptions {
  /** Between looks where the system tells of changes, in milliseconds. @default 30_000 */
  slowMs?: number;
  /** Where it does not, or the folder is not there. @default 2_000 */
  fastMs?: number;
  /** How long changes may gather before they are told. @default 100 */
  gatherMs?: number;
  /** @default Deno.watchFs */
  open?(folder: string): Deno.FsWatcher;
}

/**
 * Calls `look` soon after something may have changed in a folder, until the returned function is
 * called. Where the system cannot tell, or the folder is not there (yet, or any more), it looks every
 * two seconds instead. Keeps no process alive.
 */
export function watchFolder(
  folder: string,
  look: () => void,
  { slowMs = 30_000, fastMs = 2_000, gatherMs = 100, open = openWatcher }: WatchOptions = {},
): () => void {
  let watcher: Deno.FsWatcher | undefined;
  let timer: number | undefined;
  let stopped = false;
  let gathering = false;
  const lookIn = (ms: number) => {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(lookNow, ms);
    Deno.unrefTimer(timer);
  };
  /** However many changes there are, it is not put off again. */
  const gather = () => {
    if (gathering) return;
    gathering = true;
    lookIn(gatherMs);
  };
  const lookNow = () => {
    gathering = false;
    watcher ??= start();
    lookIn(watcher ? slowMs : fastMs);
    look();
  };
  const start = (): Deno.FsWatcher | undefined => {
    try {
      const opened = open(folder);
      void follow(opened);
      return opened;
    } catch {
      return undefined; // no such folder, or no more watches to be had
    }
  };
  const follow = async (opened: Deno.FsWatcher) => {
    try {
      for await (const { kind, paths } of opened) {
        if (kind === "access") continue;
        // The folder itself may be gone, and with it what is watched.
        if (paths.includes(folder)) break;
        gather();
      }
    } catch {
      // it cannot be watched any more
    }
    if (watcher === opened) watcher = undefined;
    close(opened);
    gather();
  };
  lookNow();
  return () => {
    stopped = true;
    clearTimeout(timer);
    if (watcher) close(watcher);
    watcher = undefined;
  };
}

function openWatcher(folder: string): Deno.FsWatcher {
  return Deno.watchFs(folder, { recursive: false });
}

function close(watcher: Deno.FsWatcher): void {
  try {
    watcher.close();
  } catch {
    // it is closed
  }
}
