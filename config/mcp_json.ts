import { belongsToOther, MAX_CONFIG_BYTES } from "./config_file.ts";
import { isObject } from "./is_object.ts";
import { quote, shorten } from "./keys.ts";
import { messageOf } from "./message_of.ts";
import { readSmallFile } from "./read_small_file.ts";
import { checkServer, MAX_SERVERS, type WrittenServer } from "./server_schema.ts";

/** The file of MCP servers that many clients read. */
export const MCP_JSON = ".mcp.json";

export interface McpJson {
  servers: { name: string; server: WrittenServer }[];
  /** One line each, for what was left out. */
  problems: string[];
}

/**
 * Reads a project's .mcp.json. What is wrong is left out and told: other clients' mistakes end no chat.
 *
 * @param shown the file's name, for messages
 */
export function readMcpJson(path: string, shown: string): McpJson {
  const none = (problem: string): McpJson => ({ servers: [], problems: [problem] });
  try {
    const file = readSmallFile(path, { maxBytes: MAX_CONFIG_BYTES, followLinks: false });
    if (!file) return { servers: [], problems: [] };
    if (belongsToOther(file.status.uid, Deno.uid())) {
      return none(`${shown}: left out, it belongs to another user`);
    }
    return parseMcpJson(new TextDecoder("utf-8", { fatal: true }).decode(file.bytes), shown);
  } catch (error) {
    if (error instanceof TypeError) return none(`Cannot use "${shown}": it is not UTF-8 text`);
    return none(messageOf(error));
  }
}

/** The servers that the text of a .mcp.json names; keys that we do not know are other clients'. */
export function parseMcpJson(text: string, shown: string): McpJson {
  const problem = (state: string) => `Cannot use ${JSON.stringify(shown)}: ${state}`;
  const table = tableOf(text);
  if (typeof table === "string") return { servers: [], problems: [problem(table)] };
  const found: McpJson = { servers: [], problems: [] };
  const entries = Object.entries(table);
  for (const [name, value] of entries.slice(0, MAX_SERVERS)) {
    const checked = checkServer(name, value, { strict: false });
    if ("server" in checked) found.servers.push({ name, server: checked.server });
    else {
      const { path, state } = checked.problem;
      const full = ["mcpServers", name, ...path].map((part) => shorten(String(part))).join(".");
      found.problems.push(problem(`${quote(full)} ${state}`));
    }
  }
  if (entries.length > MAX_SERVERS) {
    found.problems.push(problem(`it has more than ${MAX_SERVERS} servers`));
  }
  return found;
}

/** The table of servers, or why there is none. */
function tableOf(text: string): object | string {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return "it is not JSON";
  }
  if (!isObject(value)) return "it must be a table with mcpServers";
  const servers = "mcpServers" in value ? value.mcpServers : {};
  return isObject(servers) ? servers : '"mcpServers" must be a table of servers';
}
