import type { App } from "../../cli/app.ts";
import { askYes, canAsk } from "../../cli/ask.ts";
import { sanitize, sanitizeLine } from "../../cli/sanitize.ts";
import { readServers } from "../../config/mcp_servers.ts";
import { suggestion } from "../../config/nearest.ts";
import type { ServerDefinition } from "../../config/server_definition.ts";
import { ToolError } from "../../config/tool_error.ts";
import { connectionLimits, type ConnectionWorld } from "../../mcp_client/connection_world.ts";
import type { HostPerson } from "../../mcp_client/host_person.ts";
import { serverStores } from "../serve/server_stores.ts";

/** What commands connect to servers with. Nothing is asked but whether a server may be started. */
export function connectionWorld(app: App, { yes }: { yes?: boolean } = {}): ConnectionWorld {
  const { version, cwd, env, models, signal } = app;
  return {
    version,
    folder: cwd,
    env,
    person: personOf(app, yes),
    takesQuestions: false,
    models,
    ...serverStores(env),
    ...connectionLimits(),
    log(level, message) {
      if (app.debug && level === "debug") app.stderr.write(`devmcp: ${sanitizeLine(message)}\n`);
    },
    signal,
  };
}

function personOf(app: App, yes = false): HostPerson {
  const no = () => Promise.resolve(false);
  const isThere = canAsk(app);
  return {
    agree: async ({ name }, details) => {
      if (yes || !isThere) return yes;
      const rows = details.map(({ label, text }) => `  ${label}: ${sanitizeLine(text)}\n`);
      app.stderr.write(
        `the project brings the server ${sanitizeLine(name)}, which\n${rows.join("")}`,
      );
      return await askYes("Start it, now and later?", app);
    },
    showChangedTool: async ({ tool, description, inputSchema }) => {
      if (!isThere) return false;
      app.stderr.write(
        `the tool ${sanitizeLine(tool)} is no longer what it was:\n${sanitize(description)}\n${
          sanitizeLine(inputSchema)
        }\n`,
      );
      return await askYes("Use it as it is now?", app);
    },
    sampling: no,
    elicit: () => Promise.resolve({ action: "cancel" }),
    login(server, { href }) {
      if (isThere) {
        app.stderr.write(`log in to ${sanitizeLine(server)} at:\n${sanitizeLine(href)}\n`);
      }
      return Promise.resolve(isThere);
    },
  };
}

/** The server of that name. @throws {ToolError} when none is configured */
export async function findServer(name: string, { cwd, env }: App): Promise<ServerDefinition> {
  const { servers, problems } = await readServers(cwd, env);
  const found = servers.find((one) => one.name === name);
  if (found) return found;
  const near = suggestion(name, servers.map((one) => one.name));
  throw new ToolError(`Cannot find the server "${name}": none is called so${near}`, {
    hint: problems[0] ?? 'run "devmcp mcp list" for those that are configured',
  });
}
