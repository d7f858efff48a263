import type { AgentWorld } from "../../agent/world.ts";
import type { App } from "../../cli/app.ts";
import { createSessionStore, sessionsFolder } from "../../sessions/create_session_store.ts";
import { configureModel } from "../model_flags.ts";
import { createAgentFiles } from "./agent_files.ts";
import type { Chat, Edge } from "./chat.ts";
import type { ChatFlags } from "./chat_flags.ts";
import { hostPerson } from "./host_person.ts";
import { openSession } from "./open_session.ts";
import { projectApprovals } from "./project_approvals.ts";
import { say } from "./say.ts";
import { sessionModels } from "./session_models.ts";
import { agentSettings } from "./agent_settings.ts";
import { openHost } from "./open_host.ts";
import { readPreferences } from "./stated_preferences.ts";
import type { Surface } from "./surface.ts";
import { unsavedStore } from "./unsaved_store.ts";

/**
 * Opens the chat that the flags ask for, in the folder that the app runs in.
 *
 * @param surface shows what other servers ask for
 * @throws {ToolError} when the configuration is broken, or the session cannot be opened
 */
export async function openChat(flags: ChatFlags, app: App, surface: Surface): Promise<Chat> {
  configureModel(app, "chat", { timeout: flags.timeout });
  const saved = createSessionStore({ folder: sessionsFolder(app.env) });
  const store = flags.save ? saved : unsavedStore(saved);
  const [{ values: config }, session] = await Promise.all([
    app.config(),
    openSession(flags, store, app.cwd),
  ]);
  const [closing, spoken] = [new AbortController(), new AbortController()];
  const host = await openHost(app, {
    folder: app.cwd,
    person: hostPerson(surface),
    models: { get: (role, options) => chat.models().get(role, options) },
    onlyOwn: !flags.mcp,
    log: (level, line) => {
      if (app.debug || level === "warning" || level === "error") surface.notice(line);
    },
    signal: closing.signal,
  });
  const files = createAgentFiles(app.cwd, host);
  const modelsOf = sessionModels(app, config.model);
  const chat: Chat = {
    app,
    settings: agentSettings(config, flags),
    store,
    session,
    host,
    files,
    models: () => modelsOf(chat.session.data.model),
    isOver: false,
    say: async (message, edge, { by = "person", attachments = [] } = {}) => {
      spoken.abort();
      const own = by === "person" ? message : "";
      const [preferences] = await Promise.all([
        readPreferences(own, { env: app.env, save: flags.save }),
        host.ready(),
      ]);
      return await say({ message, attachments, preferences }, edge, chat, worldOf(chat));
    },
    command: async (line, surface, edge) => {
      const { runCommand } = await import("./run_command.ts");
      return await runCommand(line, chat, surface, edge);
    },
    complete: async (line, cursor) => {
      const { complete } = await import("./complete.ts");
      return await complete(line, cursor, chat);
    },
    close: async () => {
      closing.abort();
      chat.session.close();
      await host.close();
    },
  };
  if (surface.isInteractive) {
    const { warmUp } = await import("./warm_up.ts");
    void warmUp(chat, { idle: surface.idle, spoken: spoken.signal, closed: closing.signal });
  }
  return chat;
}

/** What a turn may use, as it is now. */
function worldOf(
  { app, settings, host, files, models }: Chat,
): Omit<AgentWorld, keyof Edge | "preferences"> {
  return {
    models: models(),
    prompts: app.prompts,
    toolbox: host,
    approvals: projectApprovals(app),
    settings,
    files,
  };
}
