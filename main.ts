import project from "./deno.json" with { type: "json" };
import { createEngines } from "./analysis/engines.ts";
import type { LoadAsset } from "./assets/load.ts";
import type { App } from "./cli/app.ts";
import { createOutput, readStdin } from "./cli/output.ts";
import { runProgram } from "./cli/program.ts";
import { createCapabilities } from "./commands/capabilities.ts";
import { commands } from "./commands/mod.ts";
import { writeLog } from "./commands/serve/write_log.ts";
import { atMost } from "./config/at_most.ts";
import { noProxy } from "./config/this_machine.ts";
import { tools } from "./tools/mod.ts";

/** What it imports to inflate would cost every start some milliseconds. */
const loadAsset: LoadAsset = async (name) => (await import("./assets/load.ts")).loadAsset(name);

let stopping: AbortSignal | undefined;

/** For what a command says last. */
const AT_ONCE_MS = 500;

/**
 * Aborts at the first Ctrl-C or SIGTERM; the second ends the process at once. Who asks for it has
 * something to finish or undo; until then either ends the process, as it does any other.
 */
function stopSignal(): AbortSignal {
  if (stopping) return stopping;
  const controller = new AbortController();
  let signals = 0;
  const stop = (code: number) => async () => {
    if (++signals === 1) return controller.abort(code);
    if (signals === 2 && app.atOnce) await atMost(AT_ONCE_MS, app.atOnce());
    Deno.exit(code);
  };
  Deno.addSignalListener("SIGINT", stop(130));
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", stop(143));
  return stopping = controller.signal;
}

const cwd = Deno.cwd();
const env = (name: string) => Deno.env.get(name);

// Before anything is fetched, by any thread.
const unproxied = noProxy(env);
if (unproxied) Deno.env.set("NO_PROXY", unproxied);

const stderr = createOutput(Deno.stderr);
const warn = async (warnings: string[]) =>
  (await import("./cli/warnings.ts")).writeWarnings(warnings, { stderr });

const app: App = {
  ...createCapabilities({ cwd, env, warn }),
  version: project.version,
  stdout: createOutput(Deno.stdout),
  stderr,
  stdinIsTerminal: Deno.stdin.isTerminal(),
  readStdin,
  cwd,
  env,
  get signal() {
    return stopSignal();
  },
  engines: createEngines(loadAsset),
  loadAsset,
  openWorkspace: async (...options) => {
    const { openWorkspace } = await import("./workspace/workspace.ts");
    return openWorkspace(...options);
  },
  workerUrl: new URL(
    Deno.build.standalone ? "./commands/worker.js" : "./commands/worker.ts",
    import.meta.url,
  ),
  tools,
  openTelemetry: async (settings) => {
    const { openTelemetry } = await import("./telemetry/open_telemetry.ts");
    return openTelemetry(settings, {
      version: project.version,
      env,
      writeError: (bytes) => Deno.stderr.write(bytes),
      say: (text) => writeLog({ stderr }, `devmcp: ${text}`),
    });
  },
  exitCode: 0,
};

await runProgram(Deno.args, app, commands);
Deno.exit(app.exitCode);
