import type { Approvals } from "../../agent/world.ts";
import type { App } from "../../cli/app.ts";
import { userFolders } from "../../config/folders.ts";

/** What the person has allowed for good in this folder; read when a tool first asks. */
export function projectApprovals({ env, cwd }: Pick<App, "env" | "cwd">): Approvals {
  const open = async () => {
    const { openApprovals } = await import("../../store/approvals.ts");
    return openApprovals({ state: userFolders(env).state, project: cwd });
  };
  return {
    has: async (tool) => (await open()).has(tool),
    add: async (tool) => (await open()).add(tool),
  };
}
