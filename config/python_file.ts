import { ToolError } from "./tool_error.ts";

/**
 * Refuses a file whose name says that it is something else: a notebook or JSON is often valid
 * Python, and would come back broken. Scripts may have no extension.
 *
 * @throws {ToolError} for any extension but .py and .pyw
 */
export function refuseOtherThanPython(path: string): void {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const extension = /.\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined || extension === "py" || extension === "pyw") return;
  const what = KNOWN[extension as keyof typeof KNOWN] ?? "not a Python file";
  throw new ToolError(`Cannot work on ${JSON.stringify(path)}: ${what}`, {
    hint: "give .py files; Python without an extension works too",
  });
}

const KNOWN = {
  __proto__: null,
  ipynb: "notebooks are not supported",
  pyi: "stub files are not supported",
};
