import { deepEqual, match, rejects } from "node:assert/strict";
import { Command } from "commander";
import { addFlags, type FlatSchema, readFlags } from "./schema_flags.ts";

const schema: FlatSchema = {
  properties: {
    code: { type: "string", description: "The code, or `file_path`" },
    file_path: { type: "string", description: "A file" },
    style_guide: {
      type: "string",
      enum: ["pep8", "google"],
      default: "pep8",
      description: "Style",
    },
    line_length: {
      type: "integer",
      minimum: 1,
      maximum: 320,
      default: 100,
      description: "Columns",
    },
    ratio: { type: "number", minimum: 0, description: "A part" },
    detailed: { type: "boolean", default: true, description: "More" },
    areas: {
      type: "array",
      items: { type: "string", enum: ["a", "b", "c"] },
      default: [],
      description: "Areas",
    },
    names: { type: "array", items: { type: "string" }, description: "Names" },
  },
  required: ["code"],
};

async function parse(...argv: string[]): Promise<Record<string, unknown>> {
  const command = new Command("tool").exitOverride().configureOutput({ outputError() {} });
  addFlags(command, schema);
  await command.parseAsync(["--code", "x", ...argv], { from: "user" });
  const { code: _, ...rest } = readFlags(schema, command.opts());
  return rest;
}

Deno.test("readFlags() gives what was given, and no defaults", async () => {
  const cases: [string[], Record<string, unknown>][] = [
    [[], {}],
    [["--style-guide", "google", "--line-length=80"], { style_guide: "google", line_length: 80 }],
    [["--no-detailed"], { detailed: false }],
    [["--detailed"], { detailed: true }],
    [["--areas", "a, b", "--areas", "c"], { areas: ["a", "b", "c"] }],
    [["--names", "x,,y"], { names: ["x", "y"] }],
    [["--ratio", "0.5", "--file-path", "-"], { ratio: 0.5, file_path: "-" }],
  ];
  for (const [argv, expected] of cases) deepEqual(await parse(...argv), expected);
});

Deno.test("addFlags() refuses wrong values, naming the flag and what was expected", async () => {
  const cases: [string[], RegExp][] = [
    [["--line-length", "0"], /--line-length <n>.*Expected a whole number, at least 1, at most 320/],
    [["--line-length", "1.5"], /--line-length.*whole number/],
    [["--line-length", "many"], /--line-length.*"?many/],
    [["--ratio", "-1"], /--ratio.*Expected a number, at least 0/],
    [["--style-guide", "mine"], /--style-guide.*Allowed choices are pep8, google/],
    [["--areas", "a,z"], /--areas <list>.*Expected any of a, b, c/],
  ];
  for (const [argv, message] of cases) await rejects(parse(...argv), message);
});

Deno.test("addFlags() shows descriptions, defaults and choices in the help", () => {
  const command = new Command("tool");
  addFlags(command, schema);
  const help = command.configureHelp({ helpWidth: 200 }).helpInformation();
  match(help, /--code <text> +The code, or --file-path\n/);
  match(help, /--file-path <path> +A file\n/);
  match(help, /--style-guide <choice> +Style \(default: "pep8"\) \(choices: "pep8", "google"\)/);
  match(help, /--line-length <n> +Columns \(default: 100\)/);
  match(help, /--detailed +More \(default: on\)\n +--no-detailed +the opposite of --detailed/);
  match(
    help,
    /--areas <list> +Areas; any of a, b, c; comma-separated or repeated \(default: none\)/,
  );
});
