import { dirname } from "node:path";
import type { App } from "../cli/app.ts";
import { userFolders } from "../config/folders.ts";
import { probeRoom, probeWrite } from "../config/probe_write.ts";
import { ROLES } from "../models/chat_model.ts";
import type { Readiness } from "../server/http/http_options.ts";
import { describeFileProblem } from "../workspace/file_problem.ts";
import { describeRoles } from "./role_uses.ts";

type Check = Readiness["checks"][string];

/** How long a server of models may take to answer. */
const PATIENCE_MS = 2000;

/**
 * Whether calls would work now. A model that is not there is told, yet most tools need none: only where
 * the configuration requires one is the server not ready without it. That the disk of the cache or of
 * the log is full is told too: calls can do without.
 */
export async function checkReadiness(app: App): Promise<Readiness> {
  const { values: { code_review, logging } } = await app.config();
  const { state, cache } = userFolders(app.env);
  const [models, disk, cacheDisk, logDisk] = await Promise.all([
    checkModels(app),
    checkFolder(state, probeWrite),
    checkFolder(cache, probeRoom),
    logging.file === "" ? undefined : checkFolder(dirname(logging.file), probeRoom),
  ]);
  const isReady = disk.ok && (models.ok || code_review.model !== "require");
  const checks = { models, disk, cache: cacheDisk, ...logDisk && { log: logDisk } };
  return { ready: isReady, checks };
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

async function checkFolder(
  folder: string,
  probe: (folder: string) => Promise<void>,
): Promise<Check> {
  try {
    await probe(await existing(folder));
    return { ok: true, detail: probe === probeWrite ? "can be written" : "not full" };
  } catch (error) {
    return { ok: false, detail: describeFileProblem(error).replace(/ '.*/, "") };
  }
}

async function existing(path: string): Promise<string> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info || dirname(path) === path ? path : await existing(dirname(path));
}
