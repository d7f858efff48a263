import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../config/tool_error.ts";

/** More is not read back, in bytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * Puts a text into a file that only the user can read, lets others change it, and gives back what
 * is in it then. The file is removed whatever happens.
 *
 * @param change gets the file's path
 * @throws {ToolError} when the text has become too long; whatever `change` throws
 */
export async function changeInFile(
  text: string,
  change: (path: string) => Promise<void>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "devmcp-"));
  try {
    const path = join(folder, "message.md");
    await writeFile(path, text, { mode: 0o600, flag: "wx" });
    await change(path);
    if ((await stat(path)).size > MAX_BYTES) {
      throw new ToolError("Cannot read the message: too long");
    }
    return await readFile(path, "utf8");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
