/** Runs programs for the scripts of this folder. */

/** The root of this checkout, with a final slash. */
export const ROOT = new URL("../", import.meta.url);

export interface RunOptions {
  cwd?: URL;
  env?: Record<string, string>;
  /** Ends the program. */
  signal?: AbortSignal;
}

/**
 * Runs a program with the script's own stdout and stderr.
 *
 * @throws when it fails
 */
export async function run(program: string, args: string[], options: RunOptions = {}) {
  const { code } = await command(program, args, options, "inherit").output();
  if (code !== 0) {
    throw new Error(`Cannot finish: "${program} ${args.join(" ")}" exited with ${code}`);
  }
}

/** What a finished program wrote, and its exit code. */
export interface Captured {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program and captures what it writes. */
export async function capture(
  program: string,
  args: string[],
  options: RunOptions = {},
): Promise<Captured> {
  const { code, stdout, stderr } = await command(program, args, options, "piped").output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

function command(program: string, args: string[], options: RunOptions, out: "inherit" | "piped") {
  const { cwd = ROOT, env, signal } = options;
  return new Deno.Command(program, {
    args,
    cwd,
    env,
    signal,
    stdin: "null",
    stdout: out,
    stderr: out,
  });
}
