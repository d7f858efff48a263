/** Runs commands against a fake Ollama. For tests. */
import type { App } from "../../cli/app.ts";
import { type FakeApp, fakeApp } from "../../cli/fake_app.ts";
import type { CommandEntry } from "../../cli/command.ts";
import { runProgram } from "../../cli/program.ts";
import { loadConfig } from "../../config/load.ts";
import {
  type FakeOllama,
  type FakeOllamaOptions,
  startFakeOllama,
} from "../../models/fakes/fake_ollama.ts";

export interface ModelsWorld {
  fake: FakeOllama;
  /** An empty folder, which is home, working folder and that of the models. */
  folder: string;
  /** Runs a command line. */
  run(argv: string[], values?: Partial<App>): Promise<FakeApp>;
}

/** What a test needs of the world: a server, a folder and the environment that names them. */
export async function withModels(
  options: FakeOllamaOptions,
  entry: CommandEntry,
  test: (world: ModelsWorld) => Promise<void>,
): Promise<void> {
  const fake = await startFakeOllama(options);
  const folder = await Deno.makeTempDir();
  const variables: Record<string, string> = {
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    XDG_STATE_HOME: folder,
    OLLAMA_HOST: fake.url,
    OLLAMA_MODELS: folder,
  };
  const run = async (argv: string[], values: Partial<App> = {}) => {
    const env = (name: string) => variables[name];
    const world = { cwd: folder, env };
    const app = fakeApp({ ...world, config: () => loadConfig(app), ...values });
    await runProgram(argv, app, [entry]);
    return app;
  };
  try {
    await test({ fake, folder, run });
  } finally {
    await fake.stop();
    await Deno.remove(folder, { recursive: true });
  }
}
