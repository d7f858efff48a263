import { isModelName } from "../../config/model_name.ts";

/**
 * What to do when a server does not have a model. Users copy such a command into a shell: a name that is
 * more than a word to it stays out.
 */
export function pullHint(name: string): string {
  return isModelName(name)
    ? `run "devmcp models pull ${name}"`
    : 'run "devmcp models list" to see which models the server has';
}
