import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { parseCount } from "../cli/arguments.ts";
import { addExamples } from "../cli/examples.ts";
import { EXPORT_FORMATS } from "../cli/html/export_session.ts";
import { addOutputFlags } from "./write_generated.ts";

/** What a command about one session takes. */
const ID = ["<id>", "a session, or the beginning of its id"] as const;
const HERE = ["--here", "only those of this folder"] as const;

export function define(command: Command, app: App): void {
  defineList(command, app);
  defineSearch(command, app);
  defineShow(command, app);
  defineExport(command, app);
  defineDelete(command, app);
  definePrune(command, app);
  addExamples(command, [
    ["devmcp sessions list", "the newest first"],
    ["devmcp sessions search rest endpoint", "those that hold both words"],
    ["devmcp sessions export 20261120-1831 -o chat.html", "a page for others"],
  ]);
}

function defineList(sessions: Command, app: App): void {
  sessions.command("list").description("list the sessions, the newest first")
    .option(...HERE)
    .option("--json", "as JSON")
    .action(async (flags) =>
      (await import("./sessions/sessions_list.ts")).listSessions(app, flags)
    );
}

function defineSearch(sessions: Command, app: App): void {
  const search = sessions.command("search").description("find sessions by what was said")
    .argument("<words...>", "all of them are in a session that is found")
    .option(...HERE)
    .option("--json", "as JSON")
    .action(async (words, flags) =>
      (await import("./sessions/sessions_list.ts")).searchSessions(words, app, flags)
    );
  addExamples(search, [["devmcp sessions search fibonacci", "with the line that holds it"]]);
}

function defineShow(sessions: Command, app: App): void {
  sessions.command("show").description("show what was said in a session")
    .argument(...ID)
    .option("--results", "also what the tools said")
    .option("--json", "all of it as JSON")
    .action(async (id, flags) =>
      (await import("./sessions/sessions_show.ts")).showSession(id, app, flags)
    );
}

function defineExport(sessions: Command, app: App): void {
  const command = sessions.command("export").description("write a session for other programs")
    .argument(...ID);
  const format = command.createOption("--format <format>", "by default as the file is called")
    .choices(EXPORT_FORMATS);
  addOutputFlags(command.addOption(format))
    .action(async (id, flags) =>
      (await import("./sessions/sessions_show.ts")).exportOne(id, app, flags)
    );
  addExamples(command, [
    ["devmcp sessions export 20261120 > chat.md", "Markdown"],
    ["devmcp sessions export 20261120 -o chat.html", "a page that needs nothing else"],
  ]);
}

function defineDelete(sessions: Command, app: App): void {
  sessions.command("delete").description("delete a session for good")
    .argument(...ID)
    .option("-y, --yes", "without asking")
    .option("--json", "the result as JSON")
    .action(async (id, flags) =>
      (await import("./sessions/sessions_delete.ts")).deleteSession(id, app, flags)
    );
}

function definePrune(sessions: Command, app: App): void {
  const prune = sessions.command("prune").description("delete sessions not used for a while")
    .option("--days <n>", "not used for so many days", parseCount(0, 36_500), 90)
    .option("--keep <n>", "never the newest so many", parseCount(0), 20)
    .option("-y, --yes", "without asking")
    .option("--json", "the result as JSON")
    .action(async (flags) =>
      (await import("./sessions/sessions_delete.ts")).pruneSessions(app, flags)
    );
  addExamples(prune, [["devmcp sessions prune --days 30 --yes", "older than a month"]]);
}
