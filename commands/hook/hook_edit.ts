import type { App } from "../../cli/app.ts";
import { sanitizeLine } from "../../cli/sanitize.ts";
import { ownCommand } from "../../config/own_command.ts";
import { ToolError } from "../../config/tool_error.ts";
import { type GitHook, removeHook, writeHook } from "../../workspace/git_hook.ts";
import { HOOK_ARGS, hookScript } from "../../workspace/hook_script.ts";
import { findOwnHook } from "./find_own_hook.ts";

/** `devmcp hook install` */
export async function installHook(app: App): Promise<void> {
  const hook = await findOwnHook(app);
  refuseOther(hook, "install");
  const { command, args } = ownCommand();
  const text = hookScript(command, args);
  if (text !== hook.text) await writeHook(hook, text);
  const done = text === hook.text ? "is installed already" : "installed";
  app.stderr.write(`${sanitizeLine(`${hook.path}: ${done}; it runs devmcp ${HOOK_ARGS}`)}\n`);
}

/** `devmcp hook uninstall` */
export async function uninstallHook(app: App): Promise<void> {
  const hook = await findOwnHook(app);
  if (hook.state === "absent") {
    app.stderr.write(`${sanitizeLine(`${hook.path}: is not installed`)}\n`);
    return;
  }
  if (hook.state !== "ours") refuseOther(hook, "uninstall");
  await removeHook(hook);
  app.stderr.write(`${sanitizeLine(`${hook.path}: removed`)}\n`);
}

/** What other programs and people keep is theirs. @throws {ToolError} */
function refuseOther(hook: GitHook, action: string): void {
  const obstacle = obstacleOf(hook);
  if (!obstacle) return;
  const [state, hint] = obstacle;
  throw new ToolError(`Cannot ${action} the hook: ${state}`, {
    hint: action === "install" ? hint : "remove what it runs of devmcp by hand",
  });
}

function obstacleOf({ state, path, text, hooksPath }: GitHook): [string, string] | undefined {
  const line = `devmcp ${HOOK_ARGS} || exit`;
  const shown = JSON.stringify(path);
  if (hooksPath !== undefined && state !== "ours") {
    const why = `core.hooksPath is ${JSON.stringify(hooksPath)}, so hooks are kept there`;
    return [why, `add this line to the pre-commit hook there: ${line}`];
  }
  if (state === "edited") return [`${shown} was edited`, "move it away, and install it again"];
  if (state !== "foreign") return undefined;
  return /pre-commit\.com/.test(text)
    ? [`${shown} is of the program pre-commit`, "add devmcp to .pre-commit-config.yaml"]
    : [`${shown} is not of devmcp`, `add this line to it: ${line}`];
}
