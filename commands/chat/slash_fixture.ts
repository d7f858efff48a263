/** A chat without a disk, models or servers, that keeps what it is told. For tests. */
import { fakeSession, fakeTurn } from "../../agent/fake_world.ts";
import { ownTools } from "../../agent/execute/fake_toolbox.ts";
import { fakeApp } from "../../cli/fake_app.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { McpHost, ServerPrompt } from "../../mcp_client/mcp_host.ts";
import { createScripted, scriptedModels } from "../../models/scripted.ts";
import { createPrompts } from "../../prompts/load.ts";
import type { Session, Turn } from "../../sessions/session.ts";
import type { OpenSession, SessionInfo, SessionStore } from "../../sessions/session_store.ts";
import type { Chat, Edge } from "./chat.ts";
import { complete } from "./complete.ts";
import { runCommand } from "./run_command.ts";
import { agentSettings } from "./agent_settings.ts";
import type { Surface } from "./surface.ts";
import { DEFAULTS } from "../../config/schema.ts";

export interface SlashChat {
  chat: Chat;
  surface: Surface;
  edge: Edge;
  /** What was shown, line by line: `print: …`, `notice: …`. */
  shown: string[];
  /** What was said. */
  said: string[];
  /** Runs a line; what goes wrong is shown as `error: …`. */
  run(line: string): Promise<string>;
}

export interface SlashChatOptions {
  turns?: Partial<Turn>[];
  /** Of the project, by path. */
  files?: Record<string, string>;
  /** Sessions besides the open one, with their folders. */
  others?: Record<string, string>;
  prompts?: ServerPrompt[];
  editor?(text: string): string | undefined;
  hasClipboard?: boolean;
  session?: Partial<Session>;
}

export const FOLDER = "/project";

export function slashChat(options: SlashChatOptions = {}): SlashChat {
  const shown: string[] = [];
  const said: string[] = [];
  const store = memoryStore(options.others ?? {});
  const session = store.create({ folder: FOLDER });
  session.data.turns = (options.turns ?? []).map((turn, i) => ({
    ...fakeTurn(`message ${i + 1}`, i + 1),
    ...turn,
  }));
  Object.assign(session.data, options.session);
  const edge: Edge = {
    person: {
      ask: () => Promise.resolve(undefined),
      approve: () => Promise.resolve({ kind: "yes" }),
      confirmPlan: () => Promise.resolve({ kind: "yes" }),
    },
    emit: () => {},
    signal: new AbortController().signal,
  };
  const surface = fakeSurface(shown, options);
  const chat: Chat = {
    app: fakeApp({ cwd: FOLDER, prompts: createPrompts({}) }),
    settings: agentSettings(DEFAULTS, {}),
    store,
    session,
    host: fakeHost(shown, options.prompts ?? []),
    files: fakeFiles(options.files ?? {}),
    models: () =>
      scriptedModels({
        chat: createScripted(["They wrote code, then tests."], { repeatLast: true }),
      }),
    isOver: false,
    say: (message, _edge, options) => {
      said.push(options?.by === "server" ? `server: ${message}` : message);
      const turn = fakeTurn(message, chat.session.data.turns.length + 1);
      return chat.session.addTurn(turn, {}).then(() => turn);
    },
    command: (line) => runCommand(line, chat, surface, edge),
    complete: (line, cursor) => complete(line, cursor, chat),
    close: () => Promise.resolve(),
  };
  const run = async (line: string) => {
    const from = shown.length;
    try {
      if (!await runCommand(line, chat, surface, edge)) shown.push("no command");
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      shown.push(`error: ${error.message}`);
    }
    return shown.slice(from).join("\n");
  };
  return { chat, surface, edge, shown, said, run };
}

function fakeSurface(
  shown: string[],
  { editor, hasClipboard = true }: SlashChatOptions,
): Surface {
  return {
    isInteractive: true,
    print: (markdown) => void shown.push(`print: ${markdown}`),
    notice: (line) => void shown.push(`notice: ${line}`),
    ask: () => Promise.resolve(undefined),
    clear: () => void shown.push("cleared"),
    edit: (text) => Promise.resolve(editor?.(text)),
    setInput: (text) => void shown.push(`input: ${text}`),
    copy: (text) => {
      if (hasClipboard) shown.push(`copied: ${text}`);
      return hasClipboard;
    },
  };
}

function fakeHost(shown: string[], prompts: ServerPrompt[]): McpHost {
  const tools = ownTools();
  return {
    list: () => tools,
    call: () => Promise.resolve({ ok: true, text: "" }),
    ready: () => Promise.resolve(),
    settled: () => Promise.resolve(),
    servers: () => [{
      name: "github",
      address: "npx github | cat",
      state: "failed",
      problem: "it ended",
      tools: 0,
      prompts: prompts.length,
      resources: 1,
    }],
    reconnect: (name) => Promise.resolve(void shown.push(`reconnected: ${name}`)),
    prompts: () => prompts,
    getPrompt: (name, args) => Promise.resolve(`${name} ${JSON.stringify(args)}`),
    resources: () => ["github:repo://one"],
    readResource: () => Promise.resolve("text"),
    close: () => Promise.resolve(),
  };
}

function fakeFiles(files: Record<string, string>): Chat["files"] {
  return {
    readText: (path) =>
      path in files
        ? Promise.resolve(files[path]!)
        : Promise.reject(new ToolError(`Cannot read ${JSON.stringify(path)}: no such file`)),
    exists: (path) => path in files,
    snapshot: (given) => {
      const path = given.replace(`${FOLDER}/`, "");
      const bytes = path in files ? new TextEncoder().encode(files[path]) : null;
      return Promise.resolve({ path: `${FOLDER}/${path}`, bytes });
    },
    restore: (path, bytes) => {
      const name = path.slice(FOLDER.length + 1);
      if (bytes) files[name] = new TextDecoder().decode(bytes);
      else delete files[name];
      return Promise.resolve();
    },
    readResource: () => Promise.resolve("text"),
  };
}

/** Sessions that are gone with the process. */
function memoryStore(others: Record<string, string>): SessionStore {
  let made = 0;
  const open = (id: string, folder: string): OpenSession => {
    const data: Session = { ...fakeSession(), id, title: `title of ${id}`, folder };
    return {
      data,
      addTurn: (turn) => Promise.resolve(void data.turns.push(turn)),
      change: (change) => Promise.resolve(change(data)),
      close() {},
    };
  };
  const list = (folder?: string) =>
    Object.entries(others).filter((other) => !folder || other[1] === folder).map(([id, where]) =>
      ({
        id,
        title: `title of ${id}`,
        created: "2026-11-20T12:00:00.000Z",
        updated: "2026-11-20T12:00:00.000Z",
        folder: where,
        turns: 1,
        bytes: 1,
        isOpen: false,
      }) satisfies SessionInfo
    );
  return {
    create: ({ folder }) => open(`new${++made}`, folder),
    open: (id) => {
      const folder = others[id];
      if (folder) return Promise.resolve(open(id, folder));
      return Promise.reject(new ToolError(`Cannot open ${JSON.stringify(id)}: no such session`));
    },
    fork: (id, { turns } = {}) => Promise.resolve(open(`${id}-fork-${turns ?? "all"}`, FOLDER)),
    latest: (folder) => Promise.resolve(list(folder)[0]?.id),
    list: (folder) => Promise.resolve(list(folder)),
    read: (id) => Promise.resolve(open(id, others[id] ?? FOLDER).data),
    search: () => Promise.resolve([]),
    remove: () => Promise.resolve(),
    prune: () => Promise.resolve([]),
  };
}
