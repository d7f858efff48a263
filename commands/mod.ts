import type { CommandEntry } from "../cli/command.ts";
import { tools } from "../tools/mod.ts";
import { toolCommand } from "./tool_command.ts";

const handWritten: CommandEntry[] = [
  {
    name: "chat",
    summary: "talk to an assistant that uses the tools, with a local model",
    load: () => import("./chat.ts"),
  },
  {
    name: "review",
    summary: "find problems in the files of many languages, with excerpts and a score",
    load: () => import("./review.ts"),
  },
  {
    name: "format",
    summary: "format files in place, or check them",
    load: () => import("./format.ts"),
  },
  {
    name: "complexity",
    summary: "measure functions and files, the most complex first",
    load: () => import("./complexity.ts"),
  },
  {
    name: "cache",
    summary: "what is kept of earlier reviews: how much that is, and how to remove it",
    load: () => import("./cache.ts"),
  },
  {
    name: "hook",
    summary: "have git review what is staged before each commit",
    load: () => import("./hook.ts"),
  },
  {
    name: "languages",
    summary: "list the languages: what is linted, formatted and measured, by which engine",
    load: () => import("./languages.ts"),
  },
  {
    name: "generate",
    summary: "write code from a description, with a local model",
    load: () => import("./generate.ts"),
  },
  {
    name: "generate-tests",
    summary: "write tests for a file, with a local model",
    load: () => import("./generate_tests.ts"),
  },
  {
    name: "formalize",
    summary: "turn a request into requirements and steps, with a local model",
    load: () => import("./formalize.ts"),
  },
  {
    name: "serve",
    summary: "serve the tools over MCP, on standard input and output or over HTTP",
    load: () => import("./serve.ts"),
  },
  {
    name: "health",
    summary: "ask a server that was started with `serve --http` how it is",
    load: () => import("./health.ts"),
  },
  {
    name: "keys",
    summary: "make, list and revoke keys for callers over HTTP",
    load: () => import("./keys.ts"),
  },
  {
    name: "tools",
    summary: "list the tools, or show what one takes and gives",
    load: () => import("./tools.ts"),
  },
  {
    name: "explain",
    summary: "explain a rule: what it finds, why it matters, what to do",
    load: () => import("./explain.ts"),
  },
  {
    name: "models",
    summary: "list, download, choose and measure the models of your servers",
    load: () => import("./models.ts"),
  },
  {
    name: "mcp",
    summary: "list, add, remove and test other MCP servers, for the chat",
    load: () => import("./mcp.ts"),
  },
  {
    name: "sessions",
    summary: "list, search, show, export and delete chats",
    load: () => import("./sessions.ts"),
  },
  {
    name: "preferences",
    summary: "show and change what chats always take into account",
    load: () => import("./preferences.ts"),
  },
  {
    name: "init",
    summary: "write a devmcp.yaml with every key explained",
    load: () => import("./init.ts"),
  },
  {
    name: "config",
    summary: "show or change the configuration",
    load: () => import("./config.ts"),
  },
  {
    name: "trust",
    summary: "let a project's devmcp.yaml choose servers and tools",
    load: () => import("./trust.ts"),
  },
  {
    name: "doctor",
    summary: "check that devmcp works on this machine",
    load: () => import("./doctor.ts"),
  },
  {
    name: "completions",
    summary: "print a completion script for bash, zsh or fish",
    load: () => import("./completions.ts"),
  },
  {
    name: "licenses",
    summary: "show the licences of devmcp and of what it is made of",
    load: () => import("./licenses.ts"),
  },
];

/**
 * The commands, in the order of the help. Nothing is loaded before its command is run. A tool has a
 * command of its own, unless one was written by hand under its name.
 */
export const commands: CommandEntry[] = [
  ...handWritten,
  ...tools.map(toolCommand).filter(({ name }) => handWritten.every((one) => one.name !== name)),
];
