import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { sanitizeLine } from "../cli/sanitize.ts";
import { ToolError } from "../config/tool_error.ts";
import { connectionProblem } from "../mcp_client/connection_problem.ts";
import { readBounded } from "../mcp_client/read_bounded.ts";

interface HealthFlags {
  ready?: boolean;
}

const USUAL = "127.0.0.1:8004";
const PATIENCE_MS = 5000;
/** Of the answer; more is none of ours. */
const MOST_BYTES = 4096;

export function define(command: Command, app: App): void {
  command
    .argument("[server]", `a URL or HOST:PORT (default: ${USUAL})`)
    .option("--ready", "whether calls would work: models, disk")
    .addHelpText("after", "\nExits with 1 when the server is not well, with 2 when none answers.")
    .action((server: string | undefined, flags: HealthFlags) =>
      health(app, server ?? USUAL, flags)
    );
  addExamples(command, [
    ["devmcp health", "whether it answers"],
    ["devmcp health --ready https://mcp.example.com", "whether it can do its work"],
  ]);
}

/** Asks a server how it is, and prints that in one line. */
async function health(app: App, server: string, { ready }: HealthFlags): Promise<void> {
  const url = healthUrl(server, ready ? "/ready" : "/health");
  const { status, ok, text } = await ask(url);
  app.stdout.write(`${sanitizeLine(`${status} ${text}`)}\n`);
  if (!ok) app.exitCode = 1;
}

/** The URL of a path beside the one given; a scheme may be left out. */
function healthUrl(server: string, path: string): URL {
  const url = URL.parse(/^https?:\/\//.test(server) ? server : `http://${server}`);
  if (url) return new URL(path, url);
  throw new ToolError(`Cannot ask ${JSON.stringify(server)}: no address`, {
    hint: `give a URL or HOST:PORT, as ${USUAL}`,
  });
}

function whyNot(error: unknown): string {
  const isLate = error instanceof Error && error.name === "TimeoutError";
  return isLate ? `no answer within ${PATIENCE_MS / 1000} s` : connectionProblem(error);
}

async function ask(url: URL): Promise<{ status: number; ok: boolean; text: string }> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(url, { redirect: "error", signal });
    const text = new TextDecoder().decode(await readBounded(response, MOST_BYTES));
    return { status: response.status, ok: response.ok, text };
  } catch (error) {
    throw new ToolError(`Cannot ask ${JSON.stringify(url.host)}: ${whyNot(error)}`, {
      hint: 'is it running? "devmcp serve --http" starts one',
      cause: error,
    });
  }
}
