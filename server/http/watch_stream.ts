import type { StreamStart } from "./first_chunks.ts";

export interface StreamWatch {
  /** Called once, when the stream has ended: `left` when the client no longer wanted it. */
  onEnd(left: boolean): void;
  /** Called when the client has taken nothing for `stallMs`. */
  onStall(): void;
  stallMs: number;
}

/** A stream under watch. */
export interface WatchedStream {
  body: ReadableStream<Uint8Array>;
  /** Sends `last`, then ends the stream. */
  end(last?: Uint8Array): void;
}

/** Passes a response's stream on, and tells when it ends or nobody takes what is in it. */
export function watchStream(
  { reader, chunks, next }: StreamStart,
  { onEnd, onStall, stallMs }: StreamWatch,
): WatchedStream {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  function over(left: boolean): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    onEnd(left);
  }

  async function pull(): Promise<void> {
    clearTimeout(timer);
    const { done, value } = await take();
    if (isOver) return;
    if (done) return finish();
    controller.enqueue(value);
    timer = setTimeout(onStall, stallMs);
  }

  async function take(): Promise<ReadableStreamReadResult<Uint8Array>> {
    const read = next ?? reader.read();
    next = undefined;
    try {
      return await read;
    } catch (error) {
      over(true);
      throw error;
    }
  }

  function finish(): void {
    over(false);
    controller.close();
  }

  const body = new ReadableStream<Uint8Array>({
    start(own) {
      controller = own;
      for (const chunk of chunks) own.enqueue(chunk);
      if (chunks.length > 0) timer = setTimeout(onStall, stallMs);
    },
    pull,
    cancel(reason) {
      over(true);
      return reader.cancel(reason);
    },
  });
  return {
    body,
    end(last) {
      if (isOver) return;
      if (last) controller.enqueue(last);
      finish();
      reader.cancel().catch(() => {});
    },
  };
}
