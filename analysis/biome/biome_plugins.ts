import type { Issue } from "../issue.ts";
import { createLineIndex } from "../text/line_index.ts";

/**
 * Plugins are programs beside the configuration, which devmcp does not run: the configuration's own
 * review says so, once for all files.
 */
export function pluginsLeftOut(path: string, text: string): Issue[] {
  const found = /(^|\/)\.?biome\.jsonc?$/.test(path) && /"plugins"\s*:/.exec(text);
  if (!found) return [];
  const index = createLineIndex(text);
  const line = index.lineAt(found.index), column = index.columnAt(found.index);
  return [{
    severity: "info",
    category: "maintainability",
    message: "devmcp does not run plugins of Biome: what they would find is not told",
    rule: "biome-plugins",
    line,
    column,
    end: { line, column: column + '"plugins"'.length },
  }];
}
