import { lstatSync } from "node:fs";

/** What has a name; a symbolic link is not followed. Undefined where nothing has it, or none may look. */
export function entryKind(path: string): "file" | "folder" | "other" | undefined {
  try {
    const status = lstatSync(path);
    return status.isFile() ? "file" : status.isDirectory() ? "folder" : "other";
  } catch {
    return undefined;
  }
}
