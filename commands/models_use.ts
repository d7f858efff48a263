import { join } from "node:path";
import type { App } from "../cli/app.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { CONFIG_NAME, findProjectFile, userConfigFile } from "../config/find_file.ts";
import type { Role } from "../models/chat_model.ts";
import { findInstalled } from "./find_installed.ts";
import { findOllama, openAdmin } from "./model_servers.ts";

interface UseFlags {
  project?: boolean;
  json?: boolean;
}

/** `devmcp models use`: writes `model.ROLE.model`, once the server has the model. */
export async function useModel(
  role: Role,
  name: string,
  app: App,
  { project, json }: UseFlags,
): Promise<void> {
  const server = await findOllama(app, { role });
  const admin = await openAdmin(server, app);
  const model = await findInstalled(name, admin, { doing: "use", signal: app.signal });
  const file = project
    ? findProjectFile(app.cwd, app.env) ?? join(app.cwd, CONFIG_NAME)
    : userConfigFile(app.env);
  const { setConfigValue } = await import("../config/edit_file.ts");
  const key = `model.${role}.model`;
  await setConfigValue(file, key, model.name);
  app.stdout.write(
    json
      ? `${toJson({ version: 1, role, model: model.name, file }, 2)}\n`
      : `${role}: ${sanitizeLine(model.name)}, in ${sanitizeLine(file)}\n`,
  );
  await warnWhenOverruled(key, model.name, role, app);
}

/** A stronger source of the configuration may still name another model. */
async function warnWhenOverruled(key: string, name: string, role: Role, app: App): Promise<void> {
  const { loadConfig } = await import("../config/load.ts");
  const { values, origins } = await loadConfig(app);
  if (values.model[role].model === name) return;
  const origin = origins.get(key);
  const where = origin && "file" in origin ? `${origin.file}:${origin.line}` : origin?.kind;
  app.stderr.write(
    `Note: ${sanitizeLine(where ?? "another source")} gives the role another model, ` +
      `${sanitizeLine(values.model[role].model)}.\n`,
  );
}
