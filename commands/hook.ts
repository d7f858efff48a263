import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";

export function define(hook: Command, app: App): void {
  hook.command("install").description("review what is staged before each commit of this repository")
    .action(async () => (await import("./hook/hook_edit.ts")).installHook(app));
  hook.command("uninstall").description("remove the hook again; hooks of others stay")
    .action(async () => (await import("./hook/hook_edit.ts")).uninstallHook(app));
  hook.command("status").description("whether it is installed; exit with 1 when it is not")
    .option("--json", "as JSON")
    .action(async (flags) => (await import("./hook/hook_status.ts")).hookStatus(app, flags));
  addExamples(hook, [
    ["devmcp hook install", "findings on changed lines stop a commit"],
    ["git commit --no-verify", "commit without it, once"],
    ["devmcp hook uninstall", "no longer"],
  ]);
}
