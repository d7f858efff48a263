import * as z from "zod";
import { refuseOtherThanPython } from "../config/python_file.ts";
import { ToolError } from "../config/tool_error.ts";
import type { RuffSettings } from "../analysis/ruff.ts";
import type { ToolContext } from "./tool.ts";

/** The two input fields of every tool that works on one piece of Python code. */
export const codeInput = {
  code: z.string().optional().describe("Python source code; give this or `path`"),
  path: z.string().optional().describe(
    "Python file to read, inside the workspace; give this or `code`",
  ),
};

export interface CodeInput {
  code?: string;
  path?: string;
}

export interface Code {
  text: string;
  /** The Ruff settings that hold where the code lies. */
  settings: RuffSettings;
  /** The file's name, when it came from one: some rules depend on it. */
  fileName?: string;
}

/** The code to work on, from the caller or from a file of the workspace. */
export async function readCode(
  { code, path }: CodeInput,
  { workspace }: ToolContext,
): Promise<Code> {
  if ((code === undefined) === (path === undefined)) {
    throw new ToolError(
      `Cannot choose the code: ${code === undefined ? "neither" : "both"} given`,
      {
        hint: "give either `code` or `path`",
      },
    );
  }
  if (path !== undefined) refuseOtherThanPython(path);
  const text = code ?? (await workspace.readSource(path!)).text;
  return { text, settings: await workspace.ruffSettings(path), fileName: path };
}
