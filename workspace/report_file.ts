import { closeSync, openSync, writeSync } from "node:fs";
import { lstat, open, realpath, rename, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { syncFolder } from "../config/sync_folder.ts";
import { ToolError } from "../config/tool_error.ts";
import { codeOf, fileError } from "./file_problem.ts";
import { forgetTemporary, openTemporary, removeTemporary } from "./temporary_file.ts";

/** A file that is written piece by piece and takes its name when it is whole. */
export interface ReportFile {
  /** @throws {ToolError} when the disk refuses */
  write(text: string): void;
  /** Gives it its name. @throws {ToolError} when the disk refuses */
  keep(): Promise<void>;
  /** Leaves what has the name as it is. Does nothing after {@link keep}. */
  drop(): Promise<void>;
}

/** So much is gathered before it is written. */
const PIECE = 64 * 1024;

/**
 * Opens a file for a report. Whoever looks sees the old file or the new one, whole. As for the
 * shell's `>`, a symbolic link is followed, and a device or a pipe is written to at once; a file
 * that is not to be written to is refused.
 *
 * @param cwd where a relative path starts
 * @throws {ToolError} when there is no such folder, or the place allows no file
 */
export async function openReport(path: string, cwd: string): Promise<ReportFile> {
  try {
    const place = await findPlace(resolve(cwd, path), path);
    if (!place.isFile) return new Report(path, openSpecial(place.target, path), async () => {});
    const { temporary, handle } = await openTemporary(place.target, path, place.mode);
    await handle.close();
    const file = openSync(temporary, "w");
    return new Report(path, file, async (isWhole) => {
      if (!isWhole) return await removeTemporary(temporary);
      await rename(temporary, place.target);
      forgetTemporary(temporary);
      await syncFolder(dirname(place.target));
    });
  } catch (error) {
    throw fileError("write", path, error);
  }
}

interface Place {
  target: string;
  /** Replaced as a whole; false for a device or a pipe. */
  isFile: boolean;
  mode: number;
}

async function findPlace(target: string, path: string): Promise<Place> {
  const status = await stat(target).catch((error) => {
    if (codeOf(error) !== "ENOENT") throw error;
  });
  if (!status) return await newPlace(target, path);
  if (status.isDirectory()) {
    throw new ToolError(`Cannot write ${JSON.stringify(path)}: it is a folder`, {
      hint: "give the name of a file in it",
    });
  }
  if (!status.isFile()) return { target, isFile: false, mode: 0 };
  const real = await realpath(target);
  await (await open(real, "r+")).close();
  return { target: real, isFile: true, mode: status.mode & 0o777 };
}

/** Of the system's devices only few may be opened by name. */
function openSpecial(target: string, path: string): number {
  try {
    return openSync(target, "w");
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotCapable)) throw cause;
    throw new ToolError(`Cannot write ${JSON.stringify(path)}: it is a device`, {
      hint: `leave out the file, and let the shell do it: > ${path}`,
      cause,
    });
  }
}

async function newPlace(target: string, path: string): Promise<Place> {
  const isLink = await lstat(target).then(() => true, () => false);
  const folder = await stat(dirname(target)).catch(() => undefined);
  if (!isLink && folder?.isDirectory()) return { target, isFile: true, mode: 0o666 };
  throw new ToolError(
    `Cannot write ${JSON.stringify(path)}: ${
      isLink ? "it is a link that leads nowhere" : "no such folder"
    }`,
    { hint: isLink ? "remove the link" : "make the folder first" },
  );
}

/** Gathers what is written, and tells by which name it could not be. */
class Report implements ReportFile {
  readonly #path: string;
  readonly #file: number;
  readonly #finish: (isWhole: boolean) => Promise<void>;
  #pending = "";
  #isOpen = true;

  /**
   * @param path as the user named it
   * @param finish called once the file is closed
   */
  constructor(path: string, file: number, finish: (isWhole: boolean) => Promise<void>) {
    this.#path = path;
    this.#file = file;
    this.#finish = finish;
  }

  write(text: string): void {
    this.#pending += text;
    if (this.#pending.length < PIECE) return;
    try {
      this.#flush();
    } catch (error) {
      throw fileError("write", this.#path, error);
    }
  }

  async keep(): Promise<void> {
    try {
      await this.#end(true);
    } catch (error) {
      throw fileError("write", this.#path, error);
    }
  }

  async drop(): Promise<void> {
    await this.#end(false).catch(() => {});
  }

  #flush(): void {
    const bytes = new TextEncoder().encode(this.#pending);
    this.#pending = "";
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
  }

  async #end(isWhole: boolean): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      if (isWhole) this.#flush();
    } catch (error) {
      await this.#finish(false);
      throw error;
    } finally {
      closeSync(this.#file);
    }
    await this.#finish(isWhole);
  }
}
