import { dirname } from "node:path";
import { messageOf } from "../config/message_of.ts";
import { oneLine } from "../config/one_line.ts";
import { probeRoom } from "../config/probe_write.ts";
import { fileProblem } from "../config/read_small_file.ts";
import { ToolError } from "../config/tool_error.ts";
import { withLock } from "../config/with_lock.ts";
import { rotateFile } from "./rotate_file.ts";

export interface LogFileOptions {
  path: string;
  /** Beyond that the file is rotated before more is written. */
  maxBytes: number;
  /** Rotated files that are kept. */
  files: number;
}

/**
 * A file that is written to at its end, by several processes at the same time if need be, and rotated
 * by its size. Whoever takes the file away makes a new one begin.
 */
export class LogFile {
  readonly #options: LogFileOptions;
  #file?: Deno.FsFile;
  /** Whether the last line may be half a line. */
  #isTorn = false;

  constructor(options: LogFileOptions) {
    this.#options = options;
  }

  /**
   * Opens the file before there is anything to write.
   *
   * @throws {ToolError} when it cannot be opened, or its disk is full
   */
  async open(): Promise<void> {
    const { path } = this.#options;
    try {
      // Opening a pipe waits for its reader.
      if (await isPipe(path)) return;
      const { isFile } = await (await this.#current()).stat();
      if (isFile) await probeRoom(dirname(await Deno.realPath(path)));
    } catch (error) {
      this.close();
      const hint = "set logging.file to a file that can be written, or leave it out";
      throw new ToolError(logProblem(path, error), { hint, cause: error });
    }
  }

  /** @throws when the file cannot be opened, rotated or written */
  async write(text: string): Promise<void> {
    const bytes = new TextEncoder().encode(this.#isTorn ? `\n${text}` : text);
    const file = await this.#roomFor(bytes.length);
    this.#isTorn = true;
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    this.#isTorn = false;
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  async #roomFor(bytes: number): Promise<Deno.FsFile> {
    const file = await this.#current();
    if (!await this.#isFull(file, bytes)) return file;
    const { path, files } = this.#options;
    await withLock(`${path}.lock`, async () => {
      // Another process may have done it meanwhile.
      if (await this.#isFull(await this.#current(), bytes)) await rotateFile(path, files);
    });
    return await this.#current();
  }

  async #isFull(file: Deno.FsFile, more: number): Promise<boolean> {
    const { size, isFile } = await file.stat();
    return isFile && size > 0 && size + more > this.#options.maxBytes;
  }

  /** The file that has the name now: another one may have been put in its place. */
  async #current(): Promise<Deno.FsFile> {
    if (this.#file && await isSame(this.#file, this.#options.path)) return this.#file;
    this.close();
    return this.#file = await open(this.#options.path);
  }
}

/** Why a log cannot be written, in one line. */
export function logProblem(path: string, error: unknown): string {
  return oneLine(messageOf(fileProblem("write the log", path, error)));
}

async function isPipe(path: string): Promise<boolean> {
  const found = await Deno.stat(path).catch(() => undefined);
  return found?.isFifo === true;
}

async function open(path: string): Promise<Deno.FsFile> {
  await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return await Deno.open(path, { append: true, create: true, mode: 0o600 });
}

async function isSame(file: Deno.FsFile, path: string): Promise<boolean> {
  try {
    const [open, named] = await Promise.all([file.stat(), Deno.stat(path)]);
    return open.ino === named.ino && open.dev === named.dev;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
