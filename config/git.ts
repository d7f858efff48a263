/** What git is told beside its arguments. */
export interface GitOptions {
  /** Whether something is written to its input. @default false */
  input?: boolean;
  /** More settings, as `-c` takes them: `filter.lfs.clean=`. */
  settings?: string[];
  /** Whether the folder of hooks is the configured one; for what runs none. @default false */
  seesHooks?: boolean;
  /** After this it is ended; 0 for never. @default 120000 */
  deadlineMs?: number;
}

/** A git that runs. */
export interface GitProcess {
  /** Only with `input`. */
  readonly stdin: WritableStream<Uint8Array>;
  /** Has to be read to its end or cancelled. */
  readonly stdout: ReadableStream<Uint8Array>;
  /** Settles when it has ended. @throws {GitError} */
  readonly done: Promise<void>;
  /** Ends it now. */
  end(): void;
}

/** Runs git in one folder: the one door to it, see sandbox/run_git.ts. */
export type Git = (args: string[], options?: GitOptions) => GitProcess;

/** Git could not do what it was asked for. */
export class GitError extends Error {
  override name = "GitError";

  /**
   * @param reason git's own, in one line; hostile
   * @param code its exit code; undefined when it did not run, or not to its end
   */
  constructor(readonly reason: string, readonly code?: number) {
    super(`git: ${reason}`);
  }
}
