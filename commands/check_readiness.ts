import { dirname } from "node:path";
import type { App } from "../cli/app.ts";
import { userFolders } from "../config/folders.ts";
import { messageOf } from "../config/message_of.ts";
import { ROLES } from "../models/chat_model.ts";
import type { Readiness } from "../server/http/http_options.ts";
import { probeWrite } from "../workspace/probe_write.ts";
import { describeRoles } from "./role_uses.ts";

type Check = Readiness["checks"][string];

/** How long a server of models may take to answer. */
const PATIENCE_MS = 2000;

/**
 * Whether calls would work now. A model that is not there is told, yet most tools need none: only where
 * the configuration requires one is the server not ready without it.
 */
export async function checkReadiness(app: App): Promise<Readiness> {
  const [models, disk, { values }] = await Promise.all([
    checkModels(app),
    checkDisk(app),
    app.config(),
  ]);
  const isRequired = values.code_review.model === "require";
  return { ready: disk.ok && (models.ok || !isRequired), checks: { models, disk } };
}

async function checkModels(app: App): Promise<Check> {
  try {
    const uses = await describeRoles(app, PATIENCE_MS);
    const there = uses.filter(({ description }) => description).map(({ role }) => role);
    if (there.length === ROLES.length) return { ok: true, detail: "there" };
    const missing = ROLES.filter((role) => !there.includes(role));
    return { ok: false, detail: `no ${missing.join(" and no ")} model; other tools work` };
  } catch {
    return { ok: false, detail: "cannot be looked for" };
  }
}

async function checkDisk({ env }: App): Promise<Check> {
  try {
    await probeWrite(await existing(userFolders(env).state));
    return { ok: true, detail: "can be written" };
  } catch (error) {
    return {
      ok: false,
      detail: error instanceof Deno.errors.PermissionDenied
        ? "cannot be written"
        : messageOf(error).replace(/ '.*/, ""),
    };
  }
}

async function existing(path: string): Promise<string> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info || dirname(path) === path ? path : await existing(dirname(path));
}
