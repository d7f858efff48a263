import { isModelName, isSameModel } from "../../config/model_name.ts";
import { suggestion } from "../../config/nearest.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { InstalledModel, OllamaAdmin } from "../../models/ollama/ollama_admin.ts";

/**
 * The installed model that a user means.
 *
 * @param options.doing follows "Cannot" when there is none
 * @throws {ToolError} when the server has none of that name, with the nearest one
 */
export async function findInstalled(
  name: string,
  admin: OllamaAdmin,
  { doing, signal }: { doing: string; signal?: AbortSignal },
): Promise<InstalledModel> {
  const models = await admin.list({ signal });
  const found = models.find((model) => isSameModel(model.name, name));
  if (found) return found;
  const near = suggestion(name, models.map((model) => model.name));
  throw new ToolError(`Cannot ${doing} "${name}": ${admin.url} does not have it${near}`, {
    hint: whatToDo(name),
  });
}

/** For a model that is not there; what is no name of one is in no command. */
export function whatToDo(name: string): string {
  const list = '"devmcp models list" shows what is there';
  return isModelName(name) ? `${list}, "devmcp models pull ${name}" gets it` : list;
}
