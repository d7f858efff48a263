import { Buffer } from "node:buffer";
import type { SourceText } from "../../analysis/engine.ts";
import type { Engines } from "../../analysis/engines.ts";
import {
  type FixedSource,
  fixSource,
  type FixSourceOptions,
} from "../../analysis/fixes/fix_source.ts";
import type { InspectionSettings } from "../../analysis/inspect.ts";
import { unifiedDiff } from "../../analysis/text/line_diff.ts";
import type { FileReview } from "../../analysis/review.ts";
import { refuseUnwritable, replaceFile } from "../../workspace/replace_file.ts";
import { encodePatch, encodeSource, type Source } from "../../workspace/source.ts";

/** How a file is fixed. */
export interface FixWish {
  unsafe: boolean;
  /** Whether the file is replaced; else what would change is shown. */
  write: boolean;
}

/** A file after its fixes. */
export interface FixedFile extends FixedSource {
  /** What its review says of them. */
  told: Pick<FileReview, "fixed" | "fix_notes">;
  /** What would change; only where nothing is written. */
  diff?: string;
  /** The same in the file's own encoding, where that is another one. */
  patch?: Uint8Array;
}

/** A file that others have changed while it was being fixed is begun anew, so often at most. */
const MOST_TRIES = 5;

/**
 * Does something with a file that it reads, again when the file was changed by others meanwhile.
 *
 * @throws what `work` throws, when that is not the reason
 */
export async function untilUnchanged<S extends Source, T>(
  read: () => Promise<S>,
  work: (source: S) => Promise<T>,
): Promise<T> {
  let source = await read();
  for (let tries = 1;; tries++) {
    try {
      return await work(source);
    } catch (error) {
      const now = await read();
      if (tries === MOST_TRIES || Buffer.compare(now.bytes, source.bytes) === 0) throw error;
      source = now;
    }
  }
}

/**
 * Applies the fixes of a file's issues and replaces it, in one step, if it is as it was read.
 *
 * @throws {ToolError} when it cannot be written or has changed meanwhile; it is as it was then
 */
export async function fixFile(
  engines: Engines,
  source: SourceText & Source,
  settings: InspectionSettings,
  { write, ...options }: FixWish & FixSourceOptions,
): Promise<FixedFile> {
  const done = await fixSource(engines, source, settings, options);
  const fixed = { ...done, told: toldOf(done) };
  if (fixed.text === source.text) return fixed;
  const bytes = encodeSource(fixed.text, source);
  if (write) {
    await replaceFile(source.path, bytes, { expect: source.bytes });
    return fixed;
  }
  await refuseUnwritable(source.path);
  // A patch has to match the file's very beginning.
  const mark = source.bom ? "\uFEFF" : "";
  const diff = unifiedDiff(source.path, mark + source.text, mark + fixed.text);
  return { ...fixed, diff, patch: encodePatch(diff, source) };
}

function toldOf({ fixed, notes }: FixedSource): FixedFile["told"] {
  return { ...fixed.length > 0 && { fixed }, ...notes.length > 0 && { fix_notes: notes } };
}
