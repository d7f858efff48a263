/** What stands for all values that are not told apart. */
export const OTHER = "_OTHER";

/** Requests of all revisions of the protocol. */
const MCP_METHODS = new Set([
  "initialize",
  "ping",
  "server/discover",
  "tools/list",
  "tools/call",
  "prompts/list",
  "prompts/get",
  "resources/list",
  "resources/templates/list",
  "resources/read",
  "resources/subscribe",
  "resources/unsubscribe",
  "subscriptions/listen",
  "completion/complete",
  "logging/setLevel",
]);

const HTTP_METHODS = new Set([
  ...["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"],
]);

/** A method of MCP, as a label. */
export function mcpMethod(method: string): string {
  return MCP_METHODS.has(method) ? method : OTHER;
}

/** A method of HTTP, as a label. */
export function httpMethod(method: string): string {
  return HTTP_METHODS.has(method) ? method : OTHER;
}

/** Bounds what clients and users name; each kind by itself, so that none takes another's room. */
export interface Labels {
  name(value: string): string;
  model(value: string): string;
  version(value: string): string;
}

/** All as they are: where nothing is kept by them. */
export const AS_NAMED: Labels = { name: String, model: String, version: String };

/** Labels that tell so many values of each kind apart. */
export function createLabels(most: number): Labels {
  return { name: boundLabels(most), model: boundLabels(most), version: boundLabels(most) };
}

/** Tells the first `most` values apart, and no more: each costs memory as long as the process lives. */
export function boundLabels(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most || value.length > 128) return OTHER;
    known.add(value);
    return value;
  };
}
