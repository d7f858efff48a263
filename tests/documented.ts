/** Command lines that the documentation shows, run as they are written there. */
import { dirname } from "node:path";
import { BINARY } from "./devmcp.ts";

/** The fenced blocks of a language in a text of Markdown. */
export function blocksOf(markdown: string, language: string): string[] {
  return [...markdown.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
    .filter((match) => match[1] === language).map((match) => match[2]!);
}

export interface Ran {
  code: number;
  stderr: string;
}

/** Runs a line in bash, where `devmcp` is the binary. A `--watch` is ended when it waits: code 0. */
export async function runLine(
  line: string,
  cwd: string,
  env: Record<string, string> = {},
): Promise<Ran> {
  const PATH = `${dirname(BINARY)}:${Deno.env.get("PATH")}`;
  const child = new Deno.Command("bash", {
    args: ["-o", "pipefail", "-c", line],
    cwd,
    env: { ...env, PATH },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdout = new Response(child.stdout).bytes();
  let stderr = "", isEnded = false;
  for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
    stderr += part;
    if (!isEnded && line.includes("--watch") && /Watching .*\n/.test(stderr)) {
      isEnded = true;
      child.kill("SIGINT");
    }
  }
  await stdout;
  const { code } = await child.status;
  return { code: isEnded && code === 130 ? 0 : code, stderr };
}
