import { createEngines } from "../analysis/engines.ts";
import { DEFAULT_SETTINGS } from "../analysis/ruff/ruff_settings.ts";
import { loadAsset } from "../assets/load.ts";
import type { ChatModel } from "../models/chat_model.ts";
import { scriptedModels } from "../models/scripted.ts";
import { createPrompts } from "../prompts/load.ts";
import { ToolError } from "../config/tool_error.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { fakeContext } from "./fake_context.ts";
import type { ToolContext } from "./tool.ts";

const engines = createEngines(loadAsset);

/** A workspace of files that are nowhere. */
function workspaceOf(files: Record<string, string>): Workspace {
  return {
    root: "/project",
    readSource(path) {
      const text = files[path.replace(/^\/project\//, "")];
      if (text === undefined) return Promise.reject(new ToolError(`Cannot read "${path}": none`));
      return Promise.resolve({ text, bom: false, encoding: "utf-8", bytes: new Uint8Array() });
    },
    readBytes: () => Promise.reject(new Error("tools that ask a model read sources")),
    engineConfig: () => Promise.resolve(undefined),
    ruffSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    planWrite: () => Promise.reject(new Error("tools that ask a model write nothing")),
  };
}

/** A context for tests of model tools: real engines and prompts, and one model for both roles. */
export function contextWith(
  model: ChatModel | undefined,
  files: Record<string, string> = {},
): ToolContext & { reports: [done: number, total: number, message?: string][] } {
  const reports: [number, number, string?][] = [];
  const context = fakeContext({
    progress: (...report) => void reports.push(report),
    engines,
    workspace: workspaceOf(files),
    models: scriptedModels(model ? { code: model, chat: model } : {}),
    prompts: createPrompts({}),
  });
  return { ...context, reports };
}
