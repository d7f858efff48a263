import { constants, fstatSync, openSync, writeSync } from "node:fs";

/** What Linux writes to a pipe as a whole or not at all: a part of it would be lost to us. */
const PIPE_BUF = 4096;

/**
 * Writes what standard output takes at once, and gives how much that is. It never waits: a program
 * that does, on the thread that reads, waits for ever for a client that writes much before it reads.
 *
 * @returns undefined where that cannot be had: it takes Linux, and a pipe
 */
export function openQuickOutput(): ((bytes: Uint8Array) => number) | undefined {
  try {
    // A file that is opened again would be written from its start.
    if (!fstatSync(1).isFIFO()) return;
    // Only what is opened anew may be told not to wait: the other is shared with who started us.
    const quick = openSync("/proc/self/fd/1", constants.O_WRONLY | constants.O_NONBLOCK);
    return (bytes) => writeWhatFits(quick, bytes);
  } catch {
    return;
  }
}

function writeWhatFits(file: number, bytes: Uint8Array): number {
  let written = 0;
  try {
    while (written < bytes.length) {
      written += writeSync(file, bytes.subarray(written, written + PIPE_BUF));
    }
  } catch {
    // full, or closed: the usual way knows which
  }
  return written;
}
