import type { AgentWorld } from "../../agent/world.ts";
import type { App } from "../../cli/app.ts";
import type { McpHost } from "../../mcp_client/mcp_host.ts";
import type { Models } from "../../models/chat_model.ts";
import type { Turn } from "../../sessions/session.ts";
import { configureModel } from "../model_flags.ts";
import { openSessions } from "../open_sessions.ts";
import { createAgentFiles } from "./agent_files.ts";
import { agentSettings } from "./agent_settings.ts";
import type { Chat, Edge, SayOptions } from "./chat.ts";
import type { ChatFlags } from "./chat_flags.ts";
import { hostPerson } from "./host_person.ts";
import { openHost } from "./open_host.ts";
import { openSession } from "./open_session.ts";
import { projectApprovals } from "./project_approvals.ts";
import { say } from "./say.ts";
import { sessionModels } from "./session_models.ts";
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
  const store = flags.save ? openSessions(app) : unsavedStore(openSessions(app));
  const [{ values: config }, session] = await Promise.all([
    app.config(),
    openSession(flags, store, app.cwd),
  ]);
  const modelsOf = sessionModels(app, config.model);
  const models = () => modelsOf(chat.session.data.model);
  const [closing, spoken] = [new AbortController(), new AbortController()];
  const host = await hostFor(surface, flags, app, models, closing.signal);
  const chat: Chat = {
    app,
    settings: agentSettings(config, flags),
    store,
    session,
    host,
    files: createAgentFiles(app.cwd, host),
    models,
    isOver: false,
    say: async (message, edge, options) => {
      spoken.abort();
      return await sayIn(chat, message, edge, { save: flags.save, ...options });
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

async function hostFor(
  surface: Surface,
  { mcp }: Pick<ChatFlags, "mcp">,
  app: App,
  models: () => Models,
  signal: AbortSignal,
): Promise<McpHost> {
  return await openHost(app, {
    folder: app.cwd,
    person: hostPerson(surface),
    models: { get: (role, options) => models().get(role, options) },
    onlyOwn: !mcp,
    log: (level, line) => {
      if (app.debug || level === "warning" || level === "error") surface.notice(line);
    },
    signal,
  });
}

/** @param options.save whether preferences that it states may be kept */
async function sayIn(
  chat: Chat,
  message: string,
  edge: Edge,
  { by = "person", attachments = [], save }: SayOptions & { save: boolean },
): Promise<Turn> {
  const [preferences] = await Promise.all([
    readPreferences(by === "person" ? message : "", { env: chat.app.env, save }),
    chat.host.ready(),
  ]);
  return await say({ message, attachments, preferences }, edge, chat, worldOf(chat));
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
