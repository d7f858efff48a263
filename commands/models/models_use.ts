import { join } from "node:path";
import type { App } from "../../cli/app.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { writeWarnings } from "../../cli/warnings.ts";
import { CONFIG_NAME, findProjectFile, userConfigFile } from "../../config/find_file.ts";
import { suggestion } from "../../config/nearest.ts";
import { isSameModel } from "../../config/model_name.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { Role } from "../../models/chat_model.ts";
import { whatToDo } from "../mcp/find_installed.ts";
import { listServers } from "./model_servers.ts";
import { tellObstacles } from "../obstacles.ts";
import { readServer, type ServerModel } from "../serve/server_report.ts";

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
  const { name: model, capabilities } = await findForRole(name, role, app);
  const file = project
    ? findProjectFile(app.cwd, app.env) ?? join(app.cwd, CONFIG_NAME)
    : userConfigFile(app.env);
  const { setConfigValue } = await import("../../config/edit_file.ts");
  const key = `model.${role}.model`;
  await setConfigValue(file, key, model, { followLinks: !project });
  app.stdout.write(
    json
      ? `${toJson({ version: 1, role, model: model, file }, 2)}\n`
      : `${role}: ${sanitizeLine(model)}, in ${sanitizeLine(file)}\n`,
  );
  if (capabilities.length > 0 && !capabilities.includes("completion")) {
    writeWarnings(
      [`${model} cannot write text: it can do ${capabilities.slice(0, 8).join(", ")}`],
      app,
    );
  }
  await tellObstacles(key, file, app);
}

/** The model, as a server of the role has it. */
async function findForRole(name: string, role: Role, app: App): Promise<ServerModel> {
  const servers = (await listServers(app)).filter(({ roles }) => roles.includes(role));
  const reports = await Promise.all(servers.map((server) => readServer(server, app)));
  const models = reports.flatMap((report) => report.models);
  const found = models.find((model) => isSameModel(model.name, name));
  if (found) return found;
  const names = models.map((model) => model.name);
  const silent = reports.find(({ problem }) => problem)?.problem;
  if (names.length === 0 && silent) throw silent;
  const near = suggestion(name, names);
  throw new ToolError(`Cannot use "${name}": no server of the role ${role} has it${near}`, {
    hint: whatToDo(name),
  });
}
