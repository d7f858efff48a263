/** How a stream begins. */
export interface StreamStart {
  reader: ReadableStreamDefaultReader<Uint8Array>;
  chunks: Uint8Array[];
  /** What comes after them; absent when they are all. */
  next?: Promise<ReadableStreamReadResult<Uint8Array>>;
}

export interface Patience {
  /** While the stream says nothing, in milliseconds. */
  quietMs: number;
  /** From its first message on. */
  saidMs: number;
}

/**
 * Reads a stream of events to its end, or for so long: most answers are short, and cost less when they
 * are sent in one piece.
 */
export async function firstChunks(
  stream: ReadableStream<Uint8Array>,
  { quietMs, saidMs }: Patience,
): Promise<StreamStart> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  const late = Promise.withResolvers<"late">();
  const lateIn = (ms: number) => setTimeout(() => late.resolve("late"), ms);
  let timer = lateIn(quietMs);
  let hasSaid = false;
  try {
    for (;;) {
      const next = reader.read();
      const found = await Promise.race([next, late.promise]);
      if (found === "late") return { reader, chunks, next };
      if (found.done) return { reader, chunks };
      chunks.push(found.value);
      if (hasSaid || !isMessage(found.value)) continue;
      hasSaid = true;
      clearTimeout(timer);
      timer = lateIn(saidMs);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** The event that opens a stream, for clients that may come back to it, has no data. */
function isMessage(event: Uint8Array): boolean {
  return event.at(-3) !== SPACE;
}

const SPACE = 0x20;
