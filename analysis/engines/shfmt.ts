import { ToolError } from "../../config/tool_error.ts";
import { formatOrSay, refuseHalfPairs, unparsable } from "./cannot_format.ts";
import { readEditorconfig } from "./editorconfig.ts";
import type { EngineConfig, Formatter, Linter, SourceText } from "../engine.ts";
import { toGoIssue } from "./go_problem.ts";
import { createGoWasm, type GoHints } from "./go_wasm.ts";
import { lintOrSay } from "./lint_or_say.ts";

/** shfmt: lays shell scripts out, and tells what does not parse. */
export type Shfmt = Linter & Formatter;

/** Builds the engine from the WebAssembly of its package. */
export async function createShfmt(
  wasm: Uint8Array<ArrayBuffer>,
  about: { name: string; version: string },
): Promise<Shfmt> {
  const engine = createGoWasm(await WebAssembly.compile(wasm));
  return {
    ...about,
    lint: (source, { config }) =>
      lintOrSay(() => {
        const output = engine.format(source.text, { path: dialectFile(source, config) });
        return "text" in output ? [] : [toGoIssue(output.problem, source.text)];
      }),
    format: (source, { config }) => {
      refuseHalfPairs(source.text);
      const hints = readHints(source, config);
      if (!hints) return source.text;
      const output = formatOrSay(() => engine.format(source.text, hints));
      if ("text" in output) return output.text;
      throw unparsable(toGoIssue(output.problem, source.text));
    },
  };
}

const DIALECTS = ["bash", "bats", "mksh", "zsh"];

/**
 * A name of a file whose ending tells the engine the dialect. Without one it reads the first line;
 * what is not said to be another dialect is Bash, `#!/bin/sh` too, since the engine has no POSIX.
 */
function dialectFile({ path, text }: SourceText, config?: EngineConfig): string {
  const chosen = config && readEditorconfig(config, path, LANGUAGES).get("shell_variant");
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  const isKorn = ending === "ksh" || /^#![^\n]*\bksh\b/.test(text.slice(0, 256));
  const dialect = [chosen, isKorn ? "mksh" : ending].find((one) => one && DIALECTS.includes(one));
  return dialect ? `x.${dialect}` : "x";
}

const LANGUAGES = ["shell", "bash"];

/** As shfmt reads them from `.editorconfig`; undefined for a file that it says to ignore. */
function readHints(source: SourceText, config?: EngineConfig): GoHints | undefined {
  const path = dialectFile(source, config);
  if (!config) return { path };
  const said = readEditorconfig(config, source.path, LANGUAGES);
  const isSet = (key: string) => said.get(key) === "true";
  if (isSet("ignore")) return undefined;
  if (isSet("keep_padding")) throw noPadding(config);
  const options = {
    indent: indentOf(said),
    binaryNextLine: isSet("binary_next_line"),
    switchCaseIndent: isSet("switch_case_indent"),
    spaceRedirects: isSet("space_redirects"),
    funcNextLine: isSet("function_next_line"),
    simplify: isSet("simplify") || isSet("minify"),
    minify: isSet("minify"),
  };
  return { path, options };
}

/** Spaces; 0 is a tab. */
function indentOf(said: Map<string, string>): number {
  if (said.get("indent_style") !== "space") return 0;
  const size = said.get("indent_size");
  const width = Number(size === "tab" ? said.get("tab_width") : size);
  return Number.isInteger(width) && width > 0 && width <= 64 ? width : 8;
}

function noPadding({ path }: EngineConfig): ToolError {
  return new ToolError(`Cannot use ${JSON.stringify(path)}: \`keep_padding\` is not supported`, {
    hint: "remove it for shell scripts; shfmt itself has deprecated it",
  });
}
