import * as glue from "@wasm-fmt/clang-format/clang-format.js";
import { ToolError } from "../../config/tool_error.ts";
import { formatOrSay, refuseHalfPairs } from "./cannot_format.ts";
import type { EngineConfig, Formatter, SourceText } from "../engine.ts";
import { clangStyle } from "./clang_style.ts";
import { EngineTrap } from "./engine_trap.ts";
import { createPathPatterns } from "../text/path_patterns.ts";

/** Beside the entries that its package describes: it takes the WebAssembly compiled. */
const { createModule } = glue as unknown as {
  createModule(options: {
    wasm: WebAssembly.Module;
    print(line: string): void;
    printErr(line: string): void;
  }): ClangModule;
};

/** The module that clang-format's package builds; `printErr` hears what it says of a configuration. */
interface ClangModule {
  ClangFormat: new () => ClangFormat;
  ResultStatus: Record<"Unchanged" | "Success" | "Error", unknown>;
}

interface ClangFormat {
  with_style(style: string): void;
  with_fallback_style(style: string): void;
  format(text: string, fileName: string): { status: unknown; content: string };
  delete(): void;
}

/** WebAssembly's memory never shrinks: an instance that formatted more than this is given up. */
const MAX_CHARACTERS = 4 * 1024 * 1024;
/** What a statement may hold of what makes its time grow with the square: some seconds' worth. */
const MAX_PARTS = 3000;
/** Longer statements, lists of numbers, cost memory. */
const MAX_STATEMENT = 400_000;

interface Instance {
  module: ClangModule;
  /** What it printed since it was last looked at. */
  printed: string[];
  characters: number;
}

/** clang-format: lays C and C++ out, by LLVM's style where no `.clang-format` says another. */
export async function createClangFormat(
  wasm: Uint8Array<ArrayBuffer>,
  about: { name: string; version: string },
): Promise<Formatter> {
  const compiled = await WebAssembly.compile(wasm);
  let instance: Instance | undefined;
  return {
    ...about,
    format(source, { config }) {
      if (isLeftOut(source.path, config)) return source.text;
      refuseHalfPairs(source.text);
      refuseCostly(source.text);
      const running = instance ??= instantiate(compiled);
      running.characters += source.text.length;
      if (running.characters > MAX_CHARACTERS) instance = undefined;
      return formatOrSay(() => {
        try {
          return format(running, source, config);
        } catch (error) {
          if (error instanceof ToolError) throw error;
          instance = undefined;
          throw new EngineTrap(error, running.printed[0]);
        }
      });
    },
  };
}

/** The nearest `.clang-format-ignore` says which files stay as they are. */
function isLeftOut(path: string, config: EngineConfig | undefined): boolean {
  const ignore = config?.others?.find(({ path }) => path.endsWith(".clang-format-ignore"));
  const lines = ignore?.text.split(/\r\n|\r|\n/).map((line) => line.trim()) ?? [];
  const patterns = lines.filter((line) => line !== "" && !/^[#/]/.test(line));
  return createPathPatterns(ignore ?? {}, patterns).match(path);
}

/** Braces, semicolons and directives end what is laid out as one. */
function refuseCostly(text: string): void {
  const isCostly = text.split(/[;{}]|\n[ \t]*#/).some((part) =>
    part.length > MAX_STATEMENT ||
    part.length > MAX_PARTS && (part.match(/[(<=&|?:*+-]|\/\*/g)?.length ?? 0) > MAX_PARTS
  );
  if (!isCostly) return;
  throw new ToolError("Cannot format the code: a statement in it is too long", {
    hint: "leave the file out",
  });
}

function instantiate(wasm: WebAssembly.Module): Instance {
  const printed: string[] = [];
  const printErr = (line: string) => void (printed.length < 10 && printed.push(line));
  const module = createModule({ wasm, print: () => {}, printErr });
  return { module, printed, characters: 0 };
}

function format(instance: Instance, source: SourceText, config?: EngineConfig): string {
  const { ClangFormat, ResultStatus } = instance.module;
  const formatter = new ClangFormat();
  instance.printed.length = 0;
  try {
    formatter.with_style(clangStyle(config));
    const { status, content } = formatter.format(source.text, fileName(source));
    if (status === ResultStatus.Error) throw refused(content, instance.printed, config);
    return status === ResultStatus.Unchanged ? source.text : content;
  } finally {
    formatter.delete();
  }
}

/** Decides about the language, and which `#include` belongs to the file. */
function fileName({ path, language }: SourceText): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return /\.[\w+]+$/.test(name) ? name : language === "c" ? "text.c" : "text.cpp";
}

/** It prints `error: unknown key 'Foo'`, then the line; the error itself says only that there is one. */
function refused(message: string, printed: string[], config?: EngineConfig): ToolError {
  const told = printed.join("\n").split("\n").find((line) => line.includes("error: "));
  const reason = told?.replace(/^.*?error: /, "") ?? message;
  if (!config) return new ToolError(`Cannot format the code: ${reason}`);
  return new ToolError(`Cannot use ${JSON.stringify(config.path)}: ${reason}`, {
    hint: "correct it; its options are those of clang-format",
  });
}
