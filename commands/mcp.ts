import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";

export function define(command: Command, app: App): void {
  defineList(command, app);
  defineAdd(command, app);
  defineRemove(command, app);
  defineTest(command, app);
  defineInspect(command, app);
  defineCall(command, app);
  defineInstall(command, app);
  defineUninstall(command, app);
  addExamples(command, [
    ["devmcp mcp install --client cursor", "devmcp in another client"],
    ["devmcp mcp list --connect", "all servers, and whether they work"],
    ["devmcp mcp add files -- npx -y files-mcp .", "a program, for you"],
    ["devmcp mcp test files", "what it offers"],
    ["devmcp mcp inspect -- npx -y files-mcp .", "the same of any server"],
  ]);
}

function defineList(mcp: Command, app: App): void {
  const list = mcp.command("list").description("list the servers and where they are defined")
    .option("--connect", "connect to each that you have agreed to")
    .option("--json", "as JSON")
    .action(async (flags) => (await import("./mcp/mcp_list.ts")).listServers(app, flags));
  addExamples(list, [["devmcp mcp list --connect", "with their states and tools"]]);
}

function defineAdd(mcp: Command, app: App): void {
  const add = mcp.command("add").description("add a server, to your own devmcp.yaml")
    .argument("<name>", "letters, digits, _ and -")
    .argument("[command...]", "the program that is the server and its arguments, after --")
    .option("--url <url>", "the address of a server over HTTP, instead of a program")
    .option(
      "--header <header>",
      'a header of each request, "Name: value"; may be repeated',
      collect,
    )
    .option("--env <variable>", "of the program, NAME=value; may be repeated", collect)
    .option("--project", "to this project's .mcp.json instead, for all who work on it")
    .option("--json", "what was done as JSON")
    .action(async (name, words, flags) =>
      (await import("./mcp/mcp_edit.ts")).addToFile(name, words, app, flags)
    );
  addExamples(add, [
    ["devmcp mcp add files -- npx -y files-mcp .", "a program"],
    ["devmcp mcp add t --url https://t.dev/mcp", "an address"],
    ["devmcp mcp add db --env 'K=${DB_KEY}' -- db", "a key of your environment"],
  ]);
}

function defineRemove(mcp: Command, app: App): void {
  const remove = mcp.command("remove").description("remove a server from where it is defined")
    .argument("<name>", "a configured server")
    .option("--project", "from this project's files instead of your own")
    .option("--json", "what was done as JSON")
    .action(async (name, flags) =>
      (await import("./mcp/mcp_edit.ts")).removeFromFile(name, app, flags)
    );
  addExamples(remove, [["devmcp mcp remove files", "from your own devmcp.yaml"]]);
}

function defineTest(mcp: Command, app: App): void {
  const test = mcp.command("test").description("connect to a server and show what it offers")
    .argument("<name>", "a configured server")
    .option("-y, --yes", "agree to a project's server without being asked")
    .option("--json", "as JSON")
    .action(async (name, flags) =>
      (await import("./mcp/mcp_probe.ts")).probeServer(name, app, flags)
    );
  addExamples(test, [["devmcp mcp test files", "exits with 1 when it fails"]]);
}

function defineInspect(mcp: Command, app: App): void {
  const inspect = addServerFlags(
    mcp.command("inspect").description("show all that any server offers")
      .argument("<server...>", "its URL, or the program and its arguments, after --"),
  )
    .option("--json", "as JSON")
    .action(async (words, flags) =>
      (await import("./mcp/mcp_inspect.ts")).inspectServer(words, app, flags)
    );
  addExamples(inspect, [
    ["devmcp mcp inspect -- devmcp serve", "a program"],
    ["devmcp mcp inspect https://t.dev/mcp", "an address"],
  ]);
}

function defineCall(mcp: Command, app: App): void {
  const call = addServerFlags(
    mcp.command("call").description(
      "call a tool of any server; exits with 1 when it says it failed",
    )
      .argument("<server...>", "its URL, or the program and its arguments; the tool comes last"),
  )
    .option("--arg <name=value>", "an argument of the tool; may be repeated", collect)
    .option("--json-args <object>", 'all arguments as a JSON object; "-": from standard input')
    .option("--json", "the result as JSON")
    .action(async (words, flags) =>
      (await import("./mcp/mcp_call.ts")).callServer(words, app, flags)
    );
  addExamples(call, [
    ["devmcp mcp call https://t.dev/mcp add --arg a=1", "at an address"],
    ["devmcp mcp call --json-args - -- npx files-mcp read", "of a program"],
  ]);
}

function addServerFlags(command: Command): Command {
  return command
    .option(
      "--header <header>",
      'of each request to a URL, "Name: value"; ${VARIABLE} is filled in',
      collect,
    )
    .option("--env <variable>", "of the program, NAME=value; may be repeated", collect);
}

function defineInstall(mcp: Command, app: App): void {
  const install = addClientFlags(
    mcp.command("install").description("write devmcp into another client's configuration"),
  )
    .option("--http <url>", "of a server that runs, instead of one that the client starts")
    .option("--root <folder>", "the workspace (default: where the client starts it)")
    .action(async (flags) => (await import("./mcp/mcp_install.ts")).install(app, flags));
  addExamples(install, [
    ["devmcp mcp install", "the clients of this machine"],
    ["devmcp mcp install --client zed --dry-run", "the difference, unwritten"],
  ]);
}

function defineUninstall(mcp: Command, app: App): void {
  const uninstall = addClientFlags(
    mcp.command("uninstall").description("take devmcp out of another client's configuration"),
  ).action(async (flags) => (await import("./mcp/mcp_uninstall.ts")).uninstall(app, flags));
  addExamples(uninstall, [["devmcp mcp uninstall --client cursor", "all else stays"]]);
}

function addClientFlags(command: Command): Command {
  return command
    .option("--client <client>", "whose; without it those that are on this machine are listed")
    .option("--name <name>", "of the server in it (default: devmcp)")
    .option("--project", "the file of the project in this folder, instead of your own")
    .option("--dry-run", "show the difference and write nothing")
    .option("--json", "what was done as JSON");
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
