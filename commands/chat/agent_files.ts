import type { AgentFiles } from "../../agent/world.ts";
import type { McpHost } from "../../mcp_client/mcp_host.ts";
import { openProjectFiles } from "../../workspace/project_files.ts";

/**
 * The files that a turn may use: those of the project, and what other servers have.
 *
 * @param folder of the project; absolute
 * @throws {ToolError} when there is no such folder
 */
export function createAgentFiles(
  folder: string,
  host: Pick<McpHost, "readResource">,
): AgentFiles {
  return {
    ...openProjectFiles(folder),
    find: async (name, signal) => {
      const { findNamed } = await import("../../workspace/find_named.ts");
      return await findNamed(folder, name, signal);
    },
    readResource: (name) => host.readResource(name),
  };
}
