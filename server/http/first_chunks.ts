/** How a stream begins. */
export interface StreamStart {
  reader: ReadableStreamDefaultReader<Uint8Array>;
  chunks: Uint8Array[];
  /** What comes after them; absent when they are all. */
  next?: Promise<ReadableStreamReadResult<Uint8Array>>;
}

/**
 * Reads a stream to its end, or for so long: most answers are short, and cost less when they are sent
 * in one piece.
 */
export async function firstChunks(
  stream: ReadableStream<Uint8Array>,
  ms: number,
): Promise<StreamStart> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), ms);
  try {
    for (;;) {
      const next = reader.read();
      const found = await Promise.race([next, late.promise]);
      if (found === "late") return { reader, chunks, next };
      if (found.done) return { reader, chunks };
      chunks.push(found.value);
    }
  } finally {
    clearTimeout(timer);
  }
}
