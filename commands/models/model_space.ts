import type { App } from "../../cli/app.ts";
import { renderBytes } from "../../cli/byte_text.ts";
import { isOnThisMachine } from "../../config/this_machine.ts";
import { ToolError } from "../../config/tool_error.ts";
import { freeSpace } from "../../workspace/free_space.ts";

/** Where Ollama's own service keeps its models on Linux. */
const SERVICE_FOLDER = "/usr/share/ollama/.ollama/models";

/** Free space where a server keeps its models. */
export interface ModelSpace {
  folder: string;
  bytes: number;
}

/**
 * Free space for the models of the Ollama at `url`; undefined when that cannot be known: it runs
 * elsewhere, or in a container, or keeps its models where we cannot look.
 */
export async function findModelSpace(
  url: string,
  env: App["env"],
): Promise<ModelSpace | undefined> {
  if (!isOnThisMachine(url)) return undefined;
  for (const folder of modelFolders(env)) {
    const bytes = await freeSpace(folder);
    if (bytes !== undefined) return { folder, bytes };
  }
  return undefined;
}

/** The first that is there is taken: a running server has made its own. */
function modelFolders(env: App["env"]): string[] {
  const named = env("OLLAMA_MODELS");
  if (named) return [named];
  const home = env("HOME") || env("USERPROFILE");
  return [...home ? [`${home}/.ollama/models`] : [], SERVICE_FOLDER];
}

/**
 * @param bytes that are still to come
 * @throws {ToolError} when they do not fit
 */
export function checkSpace(name: string, bytes: number, space: ModelSpace): void {
  if (bytes <= space.bytes) return;
  const free = `the volume of ${space.folder} has ${renderBytes(space.bytes)} free`;
  throw new ToolError(`Cannot pull "${name}": ${renderBytes(bytes)} are to come, and ${free}`, {
    hint: "make room, or give the server another folder (OLLAMA_MODELS); --force when it has one",
  });
}
