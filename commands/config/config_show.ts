import { join } from "node:path";
import type { App } from "../../cli/app.ts";
import { renderSettings, shownSettings, valueText } from "../../cli/config_text.ts";
import { renderRows } from "../../cli/help.ts";
import { sanitize, sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { findProjectFile, isThere, userConfigFile } from "../../config/find_file.ts";
import { userFolders } from "../../config/folders.ts";
import { findKey } from "../../config/keys.ts";

interface Flags {
  json?: boolean;
}

/** `devmcp config show` */
export async function showConfig(app: App, { json }: Flags): Promise<void> {
  const loaded = await app.config();
  const settings = shownSettings(loaded, app.cwd);
  const { warnings } = loaded;
  if (json) return app.stdout.write(`${toJson({ version: 1, settings, warnings }, 2)}\n`);
  app.stdout.write(renderSettings(settings, app.stdout));
}

/** `devmcp config get KEY` */
export async function getValue(name: string, app: App, { json }: Flags): Promise<void> {
  findKey(name);
  const loaded = await app.config();
  const { key, value, origin } = shownSettings(loaded, app.cwd).find((one) => one.key === name)!;
  if (json) return app.stdout.write(`${toJson({ version: 1, key, value, origin })}\n`);
  app.stdout.write(`${sanitize(valueText(value))}\n`);
}

/** `devmcp config path`; works with files that are broken too. */
export function showPaths({ cwd, env, stdout }: App, { json }: Flags): void {
  const user = userConfigFile(env);
  const project = findProjectFile(cwd, env);
  const prompts = join(userFolders(env).config, "prompts");
  const files = [
    { kind: "project", path: project ?? null, exists: project !== undefined },
    { kind: "user", path: user, exists: isThere(user) },
    { kind: "prompts", path: prompts, exists: isThere(prompts) },
  ];
  if (json) return stdout.write(`${toJson({ version: 1, files }, 2)}\n`);
  stdout.write(renderRows(
    files.map(({ kind, path, exists }) => [
      kind,
      `${sanitizeLine(path ?? "none")}${exists || !path ? "" : " (not there)"}`,
    ]),
    stdout,
  ));
}
