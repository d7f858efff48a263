import { lstatSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { ToolError } from "../config/tool_error.ts";
import { codeOf, fileError } from "./file_problem.ts";
import { readRegularFile } from "./read_file.ts";
import { openReport } from "./report_file.ts";

/** A file with what is known, and how files are named in it. */
export interface BaselineFile {
  /** As it was named. */
  path: string;
  /** Absent where there is no such file. */
  text?: string;
  /** How a file is named in it: from its folder, with `/`. */
  nameOf(path: string): string;
  /** Whether the file of such a name is no more. */
  isVanished(name: string): boolean;
  /** Replaces it in one step. @throws {ToolError} when it cannot be written */
  write(text: string): Promise<void>;
}

/**
 * Opens a baseline, there or not.
 *
 * @param cwd where relative paths start
 * @throws {ToolError} when it cannot be read
 */
export function openBaselineFile(path: string, cwd: string): BaselineFile {
  const target = resolve(cwd, path);
  const folder = dirname(target);
  return {
    path,
    text: read(target, path),
    nameOf: (file) => relative(folder, resolve(cwd, file)).split(sep).join("/"),
    isVanished: (name) => isVanished(join(folder, name)),
    async write(text) {
      const report = await openReport(path, cwd);
      try {
        report.write(text);
        await report.keep();
      } finally {
        await report.drop();
      }
    },
  };
}

function read(target: string, path: string): string | undefined {
  try {
    const bytes = readRegularFile(target, { name: path });
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    if (!(error instanceof TypeError)) throw fileError("read", path, error);
    throw new ToolError(`Cannot use the baseline ${JSON.stringify(path)}: it is not UTF-8`, {
      hint: "mend it, or remove it and run again with --update-baseline",
      cause: error,
    });
  }
}

function isVanished(path: string): boolean {
  try {
    lstatSync(path);
    return false;
  } catch (error) {
    return ["ENOENT", "ENOTDIR"].includes(codeOf(error));
  }
}
