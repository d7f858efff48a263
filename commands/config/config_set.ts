import { join } from "node:path";
import type { App } from "../../cli/app.ts";
import { valueText, withoutCredentials } from "../../cli/config_text.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { parseValue } from "../../config/check_value.ts";
import { setConfigValue } from "../../config/edit_file.ts";
import { CONFIG_NAME, findProjectFile, userConfigFile } from "../../config/find_file.ts";
import { findKey } from "../../config/keys.ts";
import { ToolError } from "../../config/tool_error.ts";
import { enabledTools } from "../enabled_tools.ts";
import { tellObstacles } from "../obstacles.ts";

interface Flags {
  user?: boolean;
  project?: boolean;
  json?: boolean;
}

/** `devmcp config set KEY VALUE` */
export async function setValue(name: string, text: string, app: App, flags: Flags): Promise<void> {
  if (flags.user && flags.project) {
    throw new ToolError(`Cannot set ${name}: --user and --project exclude one another`);
  }
  const value = parseValue(findKey(name), text, `set ${name}`);
  // The configuration itself knows no tools.
  if (name === "tools.enabled") enabledTools(app.tools, value as string[]);
  const file = flags.project ? projectFile(app) : userConfigFile(app.env);
  await setConfigValue(file, name, value, { followLinks: !flags.project });
  const shown = withoutCredentials(name, value);
  app.stdout.write(
    flags.json
      ? `${toJson({ version: 1, file, key: name, value: shown })}\n`
      : sanitizeLine(`${file}: ${name} is ${valueText(shown) || "empty"}`) + "\n",
  );
  await tellObstacles(name, file, app);
}

function projectFile({ cwd, env }: App): string {
  return findProjectFile(cwd, env) ?? join(cwd, CONFIG_NAME);
}
