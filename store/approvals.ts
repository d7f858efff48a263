import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { openStateFile } from "./state_file.ts";

/** Which tools the person has allowed for good in a project. */
export interface ProjectApprovals {
  has(tool: string): Promise<boolean>;
  /** @throws {ToolError} when the disk refuses */
  add(tool: string): Promise<void>;
  /** In the order in which they were allowed. */
  list(): string[];
  /** Takes one back, or all. @throws {ToolError} when the disk refuses */
  remove(tool?: string): Promise<void>;
}

/** Of one project; more are no decisions any more. */
const MOST_TOOLS = 500;
const MOST_PROJECTS = 1_000;

const schema = z.record(z.string(), z.array(z.string().max(500)).max(MOST_TOOLS));
type Allowed = z.output<typeof schema>;

/**
 * Opens what was allowed in a project, which is told by its real folder: a link to another project
 * brings none of it along.
 *
 * @param options.state the folder of what devmcp remembers
 */
export function openApprovals(
  { state, project }: { state: string; project: string },
): ProjectApprovals {
  const file = openStateFile<Allowed>({ path: join(state, "approvals.json"), schema, empty: {} });
  const folder = realFolder(project);
  const list = () => ownOf(file.read(), folder);
  const change = async (change: (tools: string[]) => string[]) => {
    await file.update((all) => replace(all, folder, change(ownOf(all, folder))));
  };
  return {
    list,
    has: (tool) => Promise.resolve(list().includes(tool)),
    add: (tool) => change((tools) => [...tools.filter((one) => one !== tool), tool]),
    remove: (tool) => change((tools) => tools.filter((one) => tool !== undefined && one !== tool)),
  };
}

function realFolder(project: string): string {
  try {
    return realpathSync(project);
  } catch {
    return resolve(project); // not there any more
  }
}

function ownOf(all: Allowed, folder: string): string[] {
  return Object.hasOwn(all, folder) ? all[folder]! : [];
}

/** The newest come last; the oldest make room. */
function replace(all: Allowed, folder: string, tools: string[]): Allowed {
  const others = Object.entries(all).filter(([name]) => name !== folder);
  const own: [string, string[]][] = tools.length > 0 ? [[folder, tools.slice(-MOST_TOOLS)]] : [];
  return Object.fromEntries([...others, ...own].slice(-MOST_PROJECTS));
}
