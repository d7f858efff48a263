import { type Command, InvalidArgumentError, Option } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { LOG_LEVELS } from "../config/choices.ts";
import { ToolError } from "../config/tool_error.ts";
import { guardConsole } from "../server/guard_console.ts";
import type { ServeFlags } from "./serve/serve_flags.ts";

export function define(command: Command, app: App): void {
  command
    .addOption(
      new Option("--stdio", "MCP over standard input and output; the default").conflicts("http"),
    )
    .option("--http [address]", "MCP over HTTP at [HOST:]PORT (default: 127.0.0.1:8004)")
    .option("--root <folder>", "the workspace that tools may read (default: this folder)")
    .option("--allow-writes", "also offer tools that write files of the workspace")
    .addOption(
      new Option("--read-only", "no tool that changes anything: the default, never with the above")
        .conflicts("allowWrites"),
    )
    .option("--tools <names>", "offer only these tools, separated by commas", parseNames)
    .addOption(
      new Option("--log-level <level>", "what is logged to standard error (default: warning)")
        .choices(LOG_LEVELS),
    )
    .option("--metrics", "with --http: serve /metrics, for Prometheus")
    .option("--tls-cert <file>", "with --http: the certificate, PEM")
    .option("--tls-key <file>", "with --http: the certificate's key, PEM")
    .option(
      "--insecure-no-auth-on-network",
      "with --http: whoever can reach the address may call, without a key",
    )
    .action((flags: ServeFlags) => serve(app, flags));
  addExamples(command, [
    ["devmcp serve", "what an MCP host starts"],
    ["devmcp serve --root ~/project", "for a host that starts it elsewhere"],
    ["devmcp serve --http", "over HTTP, for clients on this machine"],
    ["devmcp serve --http 0.0.0.0:8004", "for others, who need keys"],
    ["claude mcp add devmcp -- devmcp serve", "add it to Claude Code"],
  ]);
}

/** Serves the tools over MCP until the input ends, or the process is told to stop. */
async function serve(app: App, flags: ServeFlags): Promise<void> {
  guardConsole();
  if (flags.http === undefined) {
    refuseHttpFlags(flags);
    const { serveOverStdio } = await import("./serve/serve_over_stdio.ts");
    return await serveOverStdio(app, flags);
  }
  const { serveOverHttp } = await import("./serve/serve_over_http.ts");
  await serveOverHttp(app, { ...flags, http: flags.http });
}

/** What is silently without effect may be what somebody relies on. */
function refuseHttpFlags(flags: ServeFlags): void {
  const given: [flag: string, value: unknown][] = [
    ["--metrics", flags.metrics],
    ["--tls-cert", flags.tlsCert],
    ["--tls-key", flags.tlsKey],
    ["--insecure-no-auth-on-network", flags.insecureNoAuthOnNetwork],
  ];
  const found = given.find(([, value]) => value !== undefined);
  if (!found) return;
  throw new ToolError(`Cannot use ${found[0]}: it is for --http`, {
    hint: "add --http, or leave it out",
  });
}

function parseNames(text: string): string[] {
  const names = text.split(",").map((name) => name.trim()).filter(Boolean);
  if (names.length === 0) throw new InvalidArgumentError("give names of tools");
  return names;
}
