import { type Git, GitError, type GitOptions, type GitProcess } from "../config/git.ts";
import { gitEnvironment } from "./git_environment.ts";
import { tailOf } from "./tail_of.ts";

const DEADLINE_MS = 120_000;

/**
 * A repository's own configuration can name programs: none of them may run because somebody looks at
 * what has changed. Filters are not among these; see workspace/git_filters.ts.
 */
const HARDENED = [
  "--no-pager",
  // Refreshing the index writes it, which waits for whoever locks it and calls a hook.
  "--no-optional-locks",
  ...[
    "core.fsmonitor=false",
    "core.pager=cat",
    "core.askPass=",
    // Larger files are not read here either: git is not to compare them line by line.
    "core.bigFileThreshold=64m",
    "credential.helper=",
    "diff.external=",
    "diff.autoRefreshIndex=true",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
  ].flatMap((setting) => ["-c", setting]),
];
const NO_HOOKS = ["-c", "core.hooksPath=/dev/null"];

/** Git in a folder. */
export function createGit(
  { cwd, env, signal }: {
    /** Absolute. */
    cwd: string;
    env(name: string): string | undefined;
    signal?: AbortSignal;
  },
): Git {
  const environment = gitEnvironment(env);
  return (args, options = {}) => start(args, options, { cwd, env: environment, signal });
}

function start(
  args: string[],
  { input = false, settings = [], seesHooks = false, deadlineMs = DEADLINE_MS }: GitOptions,
  place: { cwd: string; env: Record<string, string>; signal?: AbortSignal },
): GitProcess {
  const given = [...(seesHooks ? [] : NO_HOOKS), ...settings.flatMap((one) => ["-c", one])];
  const child = spawn([...HARDENED, ...given, ...args], input, place);
  const reason = tailOf(child.stderr);
  const late = deadlineMs > 0 ? AbortSignal.timeout(deadlineMs) : undefined;
  const end = () => kill(child);
  late?.addEventListener("abort", end);
  const done = child.status.then(async ({ success, code, signal }) => {
    late?.removeEventListener("abort", end);
    if (late?.aborted) throw new GitError(`it took longer than ${deadlineMs / 1000} s`);
    place.signal?.throwIfAborted();
    if (success) return;
    const said = firstReason(await reason);
    throw new GitError(said || `it ended with ${signal ?? `exit code ${code}`}`, code);
  });
  done.catch(() => {}); // Who waits for it may still be reading.
  return {
    get stdin() {
      return child.stdin;
    },
    stdout: child.stdout,
    done,
    end,
  };
}

function spawn(
  args: string[],
  input: boolean,
  place: { cwd: string; env: Record<string, string>; signal?: AbortSignal },
): Deno.ChildProcess {
  try {
    const stdin = input ? "piped" : "null";
    const io = { stdin, stdout: "piped", stderr: "piped" } as const;
    return new Deno.Command("git", { ...place, ...io, args, clearEnv: true }).spawn();
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound && !/cwd/i.test(error.message);
    throw new GitError(isMissing ? "no such program" : String(error).split("\n")[0]!);
  }
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // gone already
  }
}

/** `fatal: bad revision 'x'` without its first word; advice that follows is left out. */
function firstReason(said: string): string {
  const lines = said.split("\n").map((line) => line.trim()).filter(Boolean);
  const line = lines.find((line) => /^(fatal|error|usage): /.test(line)) ?? lines[0] ?? "";
  return line.replace(/^(fatal|error): /, "");
}
