import { Buffer } from "node:buffer";
import { atMost } from "../config/at_most.ts";
import { type Git, GitError, type GitProcess } from "../config/git.ts";

/** Contents that a repository keeps. */
export interface GitBlobs {
  /**
   * The content of that id. Answers come in the order of the questions; who asks for the next before it has the
   * last waits less.
   *
   * @throws {GitError} when the repository lacks it, or it is larger than 64 MiB
   */
  read(oid: string): Promise<Uint8Array>;
  close(): void;
}

/** As for files on disk. */
const MOST_BYTES = 64 * 1024 * 1024;
const PATIENCE_MS = 60_000;

/** Opens them all with one process, which ends with {@link GitBlobs.close}. */
export function openBlobs(git: Git): GitBlobs {
  const process = git(["cat-file", "--batch"], { input: true, deadlineMs: 0 });
  const output = createByteReader(process.stdout);
  const input = process.stdin.getWriter();
  let last: Promise<unknown> = Promise.resolve();
  return {
    read(oid) {
      // It goes away only with an answer that fails as well.
      input.write(new TextEncoder().encode(`${oid}\n`)).catch(() => {});
      const answer = last.then(() => atMost(PATIENCE_MS, readAnswer(output)));
      last = answer.catch((error) => {
        if (!(error instanceof GitError)) throw error;
      });
      last.catch(() => {});
      return answer.then((content) => content ?? late(process)).catch(async (error) => {
        if (error !== ENDED) throw error;
        await process.done;
        throw new GitError("it ended too soon");
      });
    },
    close() {
      input.close().catch(() => {});
      process.end();
      output.close();
    },
  };
}

/** What it still answers would be taken for the next answers. */
function late({ end }: GitProcess): never {
  end();
  throw new GitError(`it has not answered for ${PATIENCE_MS / 1000} s`);
}

/** `OID blob SIZE`, the content and a newline; or `OID missing`. */
async function readAnswer(output: ByteReader): Promise<Uint8Array> {
  const [, type, size] = (await output.line()).split(" ");
  if (size === undefined) throw new GitError(`its content is ${type ?? "not known"}`);
  if (Number(size) > MOST_BYTES) {
    await output.skip(Number(size) + 1);
    throw new GitError("it is larger than 64 MiB");
  }
  const content = await output.bytes(Number(size) + 1);
  return content.subarray(0, -1);
}

interface ByteReader {
  line(): Promise<string>;
  bytes(count: number): Promise<Uint8Array>;
  skip(count: number): Promise<void>;
  close(): void;
}

const ENDED = new Error("the stream has ended");
const MOST_LINE = 1024;

function createByteReader(stream: ReadableStream<Uint8Array>): ByteReader {
  const reader = stream.getReader();
  let rest: Uint8Array = new Uint8Array(0);
  const more = async () => {
    const { value, done } = await reader.read();
    if (done) throw ENDED;
    return value;
  };
  return {
    async line() {
      let end;
      while ((end = rest.indexOf(10)) < 0 && rest.length < MOST_LINE) {
        rest = Buffer.concat([rest, await more()]);
      }
      const line = new TextDecoder().decode(rest.subarray(0, Math.max(0, end)));
      rest = rest.subarray(end + 1);
      return line;
    },
    async bytes(count) {
      const content = new Uint8Array(count);
      for (let filled = 0; filled < count;) {
        if (rest.length === 0) rest = await more();
        const piece = rest.subarray(0, count - filled);
        content.set(piece, filled);
        filled += piece.length;
        rest = rest.subarray(piece.length);
      }
      return content;
    },
    async skip(count) {
      for (let left = count; left > 0;) {
        if (rest.length === 0) rest = await more();
        const skipped = Math.min(left, rest.length);
        rest = rest.subarray(skipped);
        left -= skipped;
      }
    },
    close: () => void reader.cancel().catch(() => {}),
  };
}
