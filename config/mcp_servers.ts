import { nameOf, readConfigText } from "./config_file.ts";
import { findProjectFile, userConfigFile } from "./find_file.ts";
import type { Env } from "./folders.ts";
import { MCP_JSON, readMcpJson } from "./mcp_json.ts";
import { type ServerDefinition, toDefinition } from "./server_definition.ts";

export interface FoundServers {
  /** Each name once; the user's before the project's. */
  servers: ServerDefinition[];
  /** One line each, for what was left out. */
  problems: string[];
}

/**
 * The MCP servers that the user's devmcp.yaml, the project's and its .mcp.json define. The user's own
 * stand before those of a project: it cannot put another program under a name that they know.
 *
 * @param cwd absolute; where the search for the project's files starts
 * @throws {ToolError} for a broken devmcp.yaml
 */
export async function readServers(cwd: string, env: Env): Promise<FoundServers> {
  const user = userConfigFile(env);
  const project = findProjectFile(cwd, env);
  const json = findProjectFile(cwd, env, MCP_JSON);
  const found = [
    await fromYaml(user, "user", cwd),
    project && project !== user ? await fromYaml(project, "project", cwd) : NOTHING,
    json ? fromJson(json, cwd) : NOTHING,
  ];
  return withoutDoubles(found, cwd);
}

const NOTHING: FoundServers = { servers: [], problems: [] };

/** The parser is loaded only where there is something for it. */
async function fromYaml(
  path: string,
  scope: ServerDefinition["scope"],
  cwd: string,
): Promise<FoundServers> {
  const file = readConfigText(path, { followLinks: scope === "user" });
  if (!file?.text.includes("mcpServers")) return NOTHING;
  const shown = nameOf(path, cwd);
  if (scope === "project" && file.isForeign) {
    return { servers: [], problems: [`${shown}: left out, it belongs to another user`] };
  }
  const { parseConfigFile } = await import("./parse_file.ts");
  const { servers } = parseConfigFile(file.text, shown);
  return {
    servers: servers.map(({ name, server, line }) =>
      toDefinition(server, { name, scope, file: path, line })
    ),
    problems: [],
  };
}

function fromJson(path: string, cwd: string): FoundServers {
  const { servers, problems } = readMcpJson(path, nameOf(path, cwd));
  return {
    servers: servers.map(({ name, server }) =>
      toDefinition(server, { name, scope: "project", file: path })
    ),
    problems,
  };
}

function withoutDoubles(found: FoundServers[], cwd: string): FoundServers {
  const servers = new Map<string, ServerDefinition>();
  const problems = found.flatMap((one) => one.problems);
  for (const definition of found.flatMap((one) => one.servers)) {
    const first = servers.get(definition.name);
    if (!first) servers.set(definition.name, definition);
    else {
      const [own, other] = [first, definition].map(({ file }) => nameOf(file, cwd));
      problems.push(`${other}: "${definition.name}" is left out, ${own} has a server of that name`);
    }
  }
  return { servers: [...servers.values()], problems };
}
