/** Whole chats in this process, on an emulated terminal, whose server of models breaks and is mended. */
import { join } from "node:path";
import type { App } from "../cli/app.ts";
import { fakeApp } from "../cli/fake_app.ts";
import { createCapabilities } from "../commands/capabilities.ts";
import type { Chat } from "../commands/chat/chat.ts";
import { openChat } from "../commands/chat/open_chat.ts";
import { startConversation } from "../commands/chat/terminal/conversation_fixture.ts";
import {
  type FakeOllama,
  type FakeOllamaOptions,
  startFakeOllama,
} from "../models/fakes/fake_ollama.ts";
import type { Answer } from "../models/fakes/fake_ollama_chat.ts";
import { type FaultName, startFaultyOllama } from "../models/fakes/fake_ollama_faults.ts";
import { createSessionStore, sessionsFolder } from "../sessions/create_session_store.ts";
import type { Session, Turn } from "../sessions/session.ts";
import { tools } from "../tools/mod.ts";
import { inFolder } from "./devmcp.ts";

/** How a server fails: as those of models/fake_ollama_faults.ts do, or by what its model says. */
export type ChatFault = FaultName | Answer;

export interface ChatFaultOptions {
  message: string;
  /** What a sound model says. */
  reply: Answer;
  /** Of one call of the model. */
  timeoutSeconds: number;
  /** The faulty routes. @default what asks a model */
  on?(path: string): boolean;
}

/** What came of a message to a broken server, and of the same one to the mended server. */
export interface FaultReport {
  failed: Turn;
  /** From Enter until the prompt was there again. */
  elapsedMs: number;
  /** What the terminal showed of the failed turn: the rows below the message. */
  rows: string[];
  next: Turn;
  /** As another chat opens it afterwards. */
  session: Session;
}

/** No text is broken into rows. */
const COLUMNS = 2000;

/**
 * Says a message in a new chat whose server has the fault, and once more when the server is mended.
 *
 * @throws when the terminal gets a control or an unknown sequence, or the prompt does not come back
 */
export async function meetFault(fault: ChatFault, options: ChatFaultOptions): Promise<FaultReport> {
  const server = await startServer(fault, options);
  try {
    return await inHome((app) => talk(app, server, options.message), server, options);
  } finally {
    await server.stop();
  }
}

interface MendedServer {
  url: string;
  mend(): Promise<void>;
  stop(): Promise<void>;
}

const ASKING = ["/api/chat", "/api/generate"];

async function startServer(fault: ChatFault, options: ChatFaultOptions): Promise<MendedServer> {
  let isBroken = true;
  const { reply, on = (path) => ASKING.includes(path) } = options;
  const usual: FakeOllamaOptions = { tokensPerLine: 8 };
  let fake: FakeOllama;
  if (typeof fault === "string") {
    fake = await startFaultyOllama(fault, { ...usual, reply, on: (path) => isBroken && on(path) });
  } else {
    const either: Answer = (call) => (isBroken ? fault : reply)(call);
    fake = await startFakeOllama({ ...usual, reply: either });
  }
  return {
    url: fake.url,
    mend: async () => {
      isBroken = false;
      if (fault !== "refused") return;
      fake = await startFakeOllama({ ...usual, reply, port: Number(new URL(fake.url).port) });
    },
    stop: () => fake.stop(),
  };
}

/** Runs `work` in an empty folder, as a user without any configuration. */
async function inHome<T>(
  work: (app: App) => Promise<T>,
  { url }: MendedServer,
  { timeoutSeconds }: ChatFaultOptions,
): Promise<T> {
  let result: T;
  await inFolder({ "work/.keep": "" }, async (home) => {
    const variables: Record<string, string> = {
      HOME: home,
      XDG_STATE_HOME: join(home, "state"),
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_CACHE_HOME: join(home, "cache"),
      OLLAMA_HOST: url,
      MODEL_TIMEOUT_SECONDS: String(timeoutSeconds),
    };
    const [cwd, env] = [join(home, "work"), (name: string) => variables[name]];
    const workerUrl = new URL("../commands/worker.ts", import.meta.url);
    result = await work(
      fakeApp({ ...createCapabilities({ cwd, env }), cwd, env, tools, workerUrl }),
    );
  });
  return result!;
}

async function talk(app: App, server: MendedServer, message: string): Promise<FaultReport> {
  const turns: Promise<Turn>[] = [];
  const open = async (surface: Parameters<typeof openChat>[2]) =>
    recordTurns(await openChat({ save: true, mcp: false }, app, surface), turns);
  const fake = startConversation({ open, columns: COLUMNS, rows: 50 });
  const { terminal, conversation, ended } = fake;
  const prompt = () => until(() => terminal.text.join("\n").includes("or /help"));
  try {
    const say = async () => {
      const count = turns.length;
      fake.type(`${message}<enter>`);
      await until(() => turns.length > count);
      const turn = await turns[count]!;
      await prompt();
      return turn;
    };
    await prompt();
    await until(() => !terminal.text.join("\n").includes("Starting"));
    const start = performance.now();
    const failed = await say();
    const elapsedMs = performance.now() - start;
    const rows = below(message, terminal.allText);
    await server.mend();
    const next = await say();
    conversation.leave();
    await ended;
    return { failed, elapsedMs, rows, next, session: await load(app) };
  } finally {
    conversation.leave();
    await ended;
  }
}

function recordTurns(chat: Chat, turns: Promise<Turn>[]): Chat {
  const { say } = chat;
  chat.say = (...args) => {
    const turn = say(...args);
    turns.push(turn);
    return turn;
  };
  return chat;
}

/** What stands between a message and the prompt. */
function below(message: string, rows: string[]): string[] {
  const from = rows.findIndex((row) => row.includes(message)) + 1;
  const to = rows.findLastIndex((row) => row.includes("or /help"));
  return rows.slice(from, to).filter((row) => row.trim() !== "" && !/^─+$/.test(row));
}

/** The only session, as the next chat opens it. */
async function load({ env }: App): Promise<Session> {
  const store = createSessionStore({ folder: sessionsFolder(env) });
  const [info] = await store.list();
  const session = await store.open(info!.id);
  session.close();
  return session.data;
}

/** Longer is a hang. */
const MAX_WAIT_MS = 30_000;

async function until(isTrue: () => boolean): Promise<void> {
  for (const end = performance.now() + MAX_WAIT_MS; !isTrue();) {
    if (performance.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
