import { type Command, InvalidArgumentError } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { type Scope, SCOPES } from "../config/choices.ts";
import { outputIsDiscarded } from "../config/output_is_discarded.ts";
import { ToolError } from "../config/tool_error.ts";

export function define(command: Command, app: App): void {
  defineCreate(command, app);
  defineList(command, app);
  defineRevoke(command, app);
  addExamples(command, [
    ["devmcp keys create ci", "for tools that read, for as long as you want"],
    ["devmcp keys list", "who may call, and until when"],
    ["devmcp keys revoke ci", "a running server knows within a second"],
  ]);
}

function defineCreate(keys: Command, app: App): void {
  const create = keys.command("create").description("make a key and print it, this once")
    .argument("<name>", "letters, digits and . _ @ -")
    .option(
      "--scope <scope>",
      "what it allows: read, write, run; may be repeated (default: read)",
      collectScopes,
    )
    .option("--expires <time>", "how long it is good: 12h, 90d, 8w (default: for ever)", parseHours)
    .option("--json", "as JSON")
    .action(async (name, flags) => {
      refuseDiscarded();
      await (await import("./keys/keys_create.ts")).createKey(name, app, flags);
    });
  addExamples(create, [
    ["devmcp keys create laptop > key.txt", "the file has nothing but the key"],
    ["devmcp keys create ci --scope read --scope write --expires 90d", "a key for a job"],
  ]);
}

function refuseDiscarded(): void {
  if (!outputIsDiscarded()) return;
  throw new ToolError("Cannot create a key: nobody would see it, standard output goes nowhere", {
    hint: "send it to a file or a terminal",
  });
}

function defineList(keys: Command, app: App): void {
  keys.command("list").description("list the keys; what they are is shown nowhere")
    .option("--json", "as JSON")
    .action(async (flags) => (await import("./keys/keys_list.ts")).listKeys(app, flags));
}

function defineRevoke(keys: Command, app: App): void {
  const revoke = keys.command("revoke").description("make a key worthless, for good")
    .argument("<key>", "its id or its name")
    .option("--json", "as JSON")
    .action(async (which, flags) =>
      (await import("./keys/keys_revoke.ts")).revokeKey(which, app, flags)
    );
  addExamples(revoke, [["devmcp keys revoke ci", "whoever has it may not call any more"]]);
}

/** `read --scope write` and `read,write` alike. */
function collectScopes(value: string, before: Scope[] = []): Scope[] {
  const isScope = (word: string): word is Scope => SCOPES.some((scope) => scope === word);
  const words = value.split(",").map((word) => word.trim());
  if (!words.every(isScope)) throw new InvalidArgumentError(`Allowed are ${SCOPES.join(", ")}`);
  return SCOPES.filter((scope) => before.includes(scope) || words.includes(scope));
}

const HOURS: Record<string, number> = { h: 1, d: 24, w: 168 };
const MAX_HOURS = 10 * 366 * 24;

/** Hours. */
function parseHours(value: string): number {
  const [, count = "", unit = ""] = /^(\d{1,6})([hdw])$/.exec(value) ?? [];
  const hours = Number(count) * (HOURS[unit] ?? 0);
  if (hours > 0 && hours <= MAX_HOURS) return hours;
  throw new InvalidArgumentError(
    "Expected hours, days or weeks as in 12h, 90d, 8w; ten years at most",
  );
}
