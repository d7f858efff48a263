import type { App } from "../cli/app.ts";
import { isSameModel } from "../config/model_name.ts";
import { type Role, ROLES } from "../models/chat_model.ts";
import type { RoleDescription } from "../models/create_models.ts";
import { ModelError } from "../models/model_error.ts";
import type { ServerModel, ServerReport } from "./serve/server_report.ts";

/** What plays a role, or why nothing does. */
export interface RoleUse {
  role: Role;
  description?: RoleDescription;
  problem?: ModelError;
}

/**
 * What plays each role now, found in the way that the tools find it.
 *
 * @param timeoutMs of each question to a server. @default as for calls
 */
export async function describeRoles(app: App, timeoutMs?: number): Promise<RoleUse[]> {
  const [{ createModels }, { values }] = await Promise.all([
    import("../models/create_models.ts"),
    app.config(),
  ]);
  const limit = timeoutMs === undefined ? {} : { timeout_seconds: timeoutMs / 1000 };
  const models = createModels({ ...values.model, ...limit }, app.env);
  return await Promise.all(ROLES.map(async (role): Promise<RoleUse> => {
    try {
      return { role, description: await models.describe(role) };
    } catch (error) {
      if (error instanceof ModelError) return { role, problem: error };
      throw error;
    }
  }));
}

/** The same reports, with the roles that use each model. */
export function markRoles(reports: ServerReport[], uses: RoleUse[]): ServerReport[] {
  return reports.map((report) => ({
    ...report,
    models: report.models.map((model) => ({ ...model, roles: rolesOf(model, report, uses) })),
  }));
}

function rolesOf({ name }: ServerModel, { server }: ServerReport, uses: RoleUse[]): Role[] {
  return uses
    .filter(({ role, description }) =>
      server.roles.includes(role) &&
      description?.endpoints.some(({ url, model }) =>
        url === server.shown && isSameModel(model, name)
      )
    )
    .map(({ role }) => role);
}

/** The model that a role uses, as its server describes it. */
export function findUsed(
  { role, description }: RoleUse,
  reports: ServerReport[],
): ServerModel | undefined {
  if (!description) return undefined;
  const report = reports.find(({ server }) =>
    server.shown === description.url && server.roles.includes(role)
  );
  return report?.models.find(({ name }) => isSameModel(name, description.model));
}
