/** Runs the compiled binary for the whole-program tests. */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const BINARY = resolve(
  Deno.env.get("DEVMCP_BIN") ?? fileURLToPath(new URL("../devmcp", import.meta.url)),
);

export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  stdin?: string | Uint8Array<ArrayBuffer>;
  env?: Record<string, string>;
}

/** Runs `devmcp ARGS` to its end. */
export async function devmcp(args: string[], options: RunOptions = {}): Promise<Run> {
  const child = new Deno.Command(BINARY, {
    args,
    cwd: options.cwd,
    env: options.env,
    stdin: options.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [{ code, stdout, stderr }] = await Promise.all([
    child.output(),
    feed(child, options.stdin),
  ]);
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

async function feed(child: Deno.ChildProcess, input: RunOptions["stdin"]): Promise<void> {
  if (input === undefined) return;
  const writer = child.stdin.getWriter();
  await writer.write(typeof input === "string" ? new TextEncoder().encode(input) : input);
  await writer.close();
}

/** Runs `test` in a fresh folder that holds `files`, and removes it. */
export async function inFolder(
  files: Record<string, string | Uint8Array>,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "devmcp-test-" });
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      await Deno.mkdir(dirname(path), { recursive: true });
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(path, bytes);
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
