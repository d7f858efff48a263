import { join } from "node:path";
import { C_LIBRARIES } from "../config/output_is_unread.ts";

/** What the kernel tells of some folders. */
export interface Inotify {
  /** Begins to watch a folder, itself only. @returns whether it does */
  add(folder: string): boolean;
  /** Watches no folder any more that is not one of these. */
  keep(folders: ReadonlySet<string>): void;
  /**
   * Waits for the next changes.
   *
   * @returns paths; `"lost"` where there were more than the kernel holds; undefined after `close`
   */
  next(): Promise<string[] | "lost" | undefined>;
  close(): void;
}

const SYMBOLS = {
  inotify_init1: { parameters: ["i32"], result: "i32" },
  inotify_add_watch: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  inotify_rm_watch: { parameters: ["i32", "i32"], result: "i32" },
  eventfd: { parameters: ["u32", "i32"], result: "i32" },
  poll: { parameters: ["buffer", "usize", "i32"], result: "i32", nonblocking: true },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
} as const;

type Library = Deno.DynamicLibrary<typeof SYMBOLS>;
type Symbols = Library["symbols"];

/** IN_NONBLOCK and IN_CLOEXEC. */
const OPEN_FLAGS = 0o4000 | 0o2000000;
/** IN_MODIFY, ATTRIB, CLOSE_WRITE, MOVED_FROM, MOVED_TO, CREATE, DELETE, DELETE_SELF, MOVE_SELF, ONLYDIR. */
const MASK = 0x2 | 0x4 | 0x8 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800 | 0x1000000;
const OVERFLOW = 0x4000;
const IGNORED = 0x8000;
const POLLIN = 1;
const BUFFER_BYTES = 64 * 1024;

/**
 * Opens inotify itself. `Deno.watchFs` compares every event with every folder that is watched, loses
 * events while this thread works, cannot stop watching, and takes in what is ignored.
 *
 * @returns undefined where there is no inotify; `"full"` where there may be no more
 */
export function openInotify(): Inotify | "full" | undefined {
  const library = Deno.build.os === "linux" ? findLibrary() : undefined;
  if (!library) return undefined;
  const file = library.symbols.inotify_init1(OPEN_FLAGS);
  if (file >= 0) return new LinuxInotify(library, file);
  library.close();
  return "full";
}

function findLibrary(): Library | undefined {
  for (const path of C_LIBRARIES) {
    try {
      return Deno.dlopen(path, SYMBOLS);
    } catch {
      // it is none of this platform's
    }
  }
}

class LinuxInotify implements Inotify {
  readonly #library: Library;
  readonly #symbols: Symbols;
  readonly #file: number;
  /** Written to, it ends the wait. */
  readonly #stop: number;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  /** A folder may be reached by several ways; the kernel counts it once. */
  readonly #folders = new Map<number, Set<string>>();
  #isClosed = false;
  #isWaiting = false;

  constructor(library: Library, file: number) {
    this.#library = library;
    this.#symbols = library.symbols;
    this.#file = file;
    this.#stop = this.#symbols.eventfd(0, OPEN_FLAGS);
  }

  add(folder: string): boolean {
    const name = new TextEncoder().encode(`${folder}\0`);
    const watch = this.#symbols.inotify_add_watch(this.#file, name, MASK);
    if (watch < 0) return false;
    const names = this.#folders.get(watch);
    if (names) names.add(folder);
    else this.#folders.set(watch, new Set([folder]));
    return true;
  }

  keep(folders: ReadonlySet<string>): void {
    for (const [watch, names] of this.#folders) {
      for (const name of names) if (!folders.has(name)) names.delete(name);
      if (names.size > 0) continue;
      this.#folders.delete(watch);
      this.#symbols.inotify_rm_watch(this.#file, watch);
    }
  }

  async next(): Promise<string[] | "lost" | undefined> {
    while (!this.#isClosed) {
      this.#isWaiting = true;
      await this.#symbols.poll(pollSet([this.#file, this.#stop]), 2n, -1);
      this.#isWaiting = false;
      if (this.#isClosed) break;
      const found = this.#read();
      if (found === "lost" || found.length > 0) return found;
    }
    this.#release();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#isWaiting) {
      this.#symbols.write(this.#stop, new Uint8Array(new BigUint64Array([1n]).buffer), 8n);
    } else this.#release();
  }

  #release(): void {
    this.#folders.clear();
    this.#symbols.close(this.#file);
    this.#symbols.close(this.#stop);
    this.#library.close();
  }

  #read(): string[] | "lost" {
    const length = Number(this.#symbols.read(this.#file, this.#buffer, BigInt(BUFFER_BYTES)));
    const paths = new Set<string>();
    let isLost = false;
    for (const { watch, mask, name } of eventsIn(this.#buffer.subarray(0, Math.max(0, length)))) {
      isLost ||= (mask & OVERFLOW) !== 0;
      const folders = this.#folders.get(watch) ?? [];
      for (const folder of folders) paths.add(name === "" ? folder : join(folder, name));
      if (mask & IGNORED) this.#folders.delete(watch);
    }
    return isLost ? "lost" : [...paths];
  }
}

/** `struct pollfd { int fd; short events; short revents; }`, each. */
function pollSet(files: number[]): Uint8Array<ArrayBuffer> {
  const set = new DataView(new ArrayBuffer(8 * files.length));
  for (const [index, file] of files.entries()) {
    set.setInt32(8 * index, file, true);
    set.setInt16(8 * index + 4, POLLIN, true);
  }
  return new Uint8Array(set.buffer);
}

const HEAD_BYTES = 16;

/**
 * `struct inotify_event { int wd; uint32_t mask, cookie, len; char name[len]; }`. A name that is not
 * UTF-8 is left out: then it is the folder that has changed.
 */
export function* eventsIn(
  bytes: Uint8Array,
): Generator<{ watch: number; mask: number; name: string }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + HEAD_BYTES <= bytes.length;) {
    const length = view.getUint32(at + 12, true), start = at + HEAD_BYTES;
    const name = bytes.subarray(start, start + length);
    yield { watch: view.getInt32(at, true), mask: view.getUint32(at + 4, true), name: text(name) };
    at = start + length;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function text(name: Uint8Array): string {
  const end = name.indexOf(0);
  try {
    return utf8.decode(end < 0 ? name : name.subarray(0, end));
  } catch {
    return "";
  }
}
