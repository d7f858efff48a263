import { parse, TomlError } from "smol-toml";
import { messageOf } from "../../config/message_of.ts";
import type { Linter } from "../engine.ts";
import { failedAnalysis } from "../failed_analysis.ts";
import type { Issue } from "../issue.ts";
import { syntaxError } from "./syntax_error.ts";

/** Tells the first thing in a file that TOML does not allow: a key that occurs twice is one. */
export function createTomlSyntax(about: { name: string; version: string }): Linter {
  return { ...about, lint: ({ text }) => lint(text) };
}

function lint(text: string): Issue[] {
  try {
    // Numbers beyond what JavaScript can hold are TOML too.
    parse(text, { integersAsBigInt: "asNeeded" });
    return [];
  } catch (error) {
    const isTooDeep = error instanceof RangeError || /excessively nested/.test(messageOf(error));
    if (isTooDeep) return [failedAnalysis("This file is nested too deeply to analyse")];
    if (error instanceof TomlError) return [toIssue(error)];
    throw error;
  }
}

function toIssue({ message, line, column }: TomlError): Issue {
  const [told = ""] = message.split("\n", 1);
  return syntaxError(told.replace(/^Invalid TOML document: /, ""), { line, column });
}
