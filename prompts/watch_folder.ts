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
  options: WatchOptions = {},
): () => void {
  const watch = new FolderWatch(folder, look, options);
  return () => watch.stop();
}

class FolderWatch {
  readonly #folder: string;
  readonly #look: () => void;
  readonly #options: Required<WatchOptions>;
  #watcher?: Deno.FsWatcher;
  #timer?: number;
  #isStopped = false;
  #isGathering = false;

  constructor(folder: string, look: () => void, options: WatchOptions) {
    this.#folder = folder;
    this.#look = look;
    this.#options = { slowMs: 30_000, fastMs: 2_000, gatherMs: 100, open: openWatcher, ...options };
    this.#lookNow();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    if (this.#watcher) close(this.#watcher);
    this.#watcher = undefined;
  }

  #lookNow(): void {
    this.#isGathering = false;
    this.#watcher ??= this.#start();
    const { slowMs, fastMs } = this.#options;
    this.#lookIn(this.#watcher ? slowMs : fastMs);
    this.#look();
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => this.#lookNow(), ms);
    Deno.unrefTimer(this.#timer);
  }

  /** However many changes there are, it is not put off again. */
  #gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.#lookIn(this.#options.gatherMs);
  }

  #start(): Deno.FsWatcher | undefined {
    try {
      const opened = this.#options.open(this.#folder);
      void this.#follow(opened);
      return opened;
    } catch {
      return undefined; // no such folder, or no more watches to be had
    }
  }

  async #follow(opened: Deno.FsWatcher): Promise<void> {
    try {
      for await (const { kind, paths } of opened) {
        if (kind === "access") continue;
        // The folder itself may be gone, and with it what is watched.
        if (paths.includes(this.#folder)) break;
        this.#gather();
      }
    } catch {
      // it cannot be watched any more
    }
    if (this.#watcher === opened) this.#watcher = undefined;
    close(opened);
    this.#gather();
  }
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
