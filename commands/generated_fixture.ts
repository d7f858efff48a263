import { createEngines } from "../analysis/engines.ts";
import { loadAsset } from "../assets/load.ts";
import { type FakeApp, fakeApp } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";
import { DEFAULTS } from "../config/schema.ts";
import { createScripted, scriptedModels, type ScriptedReply } from "../models/scripted.ts";
import { createPrompts } from "../prompts/load.ts";
import { withFolder } from "../workspace/testing_folder.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { commands } from "./mod.ts";

const engines = createEngines(loadAsset);

export interface ModelRun {
  app: FakeApp;
  /** Files of the folder after the run. */
  files: Record<string, string>;
  /** Calls of the model. */
  calls: number;
}

export interface ModelRunOptions {
  files?: Record<string, string>;
  stdin?: string;
  values?: Partial<FakeApp>;
}

/** Runs a command in a folder, with a model that says `replies`. */
export async function runWithModel(
  argv: string[],
  replies: ScriptedReply[],
  { files = {}, stdin = "", values = {} }: ModelRunOptions = {},
): Promise<ModelRun> {
  const model = createScripted(replies);
  let run: ModelRun | undefined;
  await withFolder(files, async (cwd) => {
    const app = fakeApp({
      cwd,
      engines,
      models: scriptedModels(replies.length > 0 ? { code: model, chat: model } : {}),
      prompts: createPrompts({}),
      config: () => Promise.resolve({ values: DEFAULTS, origins: new Map(), warnings: [] }),
      openWorkspace: (root, options) => Promise.resolve(openWorkspace(root, options)),
      readStdin: () => Promise.resolve(new TextEncoder().encode(stdin)),
      ...values,
    });
    await runProgram(argv, app, commands);
    run = { app, files: await readFiles(cwd), calls: model.requests.length };
  });
  return run!;
}

async function readFiles(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile) files[name] = await Deno.readTextFile(`${folder}/${name}`);
  }
  return files;
}
