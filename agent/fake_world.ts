/** All that a turn uses, without a disk, a terminal or a server. For tests. */
import type { ChatModel } from "../models/chat_model.ts";
import { createScripted, scriptedModels, type ScriptedReply } from "../models/scripted.ts";
import { createPrompts } from "../prompts/load.ts";
import { newSession } from "../sessions/new_session.ts";
import { newTurn } from "../sessions/new_turn.ts";
import type { Remembered, Session, Turn } from "../sessions/session.ts";
import { ToolError } from "../config/tool_error.ts";
import type { AgentEvent } from "./events.ts";
import { type FakeCall, fakeToolbox } from "./execute/fake_toolbox.ts";
import type { Approval, ApprovalRequest, Question } from "./person.ts";
import type { ToolInfo } from "./execute/toolbox.ts";
import type { Attachment, TurnState } from "./turn_state.ts";
import type { AgentFiles, AgentSettings, AgentWorld } from "./world.ts";

export interface FakeWorldOptions {
  /** What the chat model says; null: there is no model. @default nothing: a call fails the test */
  replies?: ScriptedReply[] | ChatModel | null;
  tools?: ToolInfo[];
  /** Tools that do something else than succeed, by name. */
  calls?: Record<string, FakeCall>;
  /** Files of the project by path. */
  files?: Record<string, string>;
  /** Reads them in another way. */
  readText?: AgentFiles["readText"];
  /** What the person answers to questions; a list is repeated for each round. @default nobody there */
  answers?: string[] | ((questions: Question[]) => string[] | undefined);
  /** @default yes */
  approve?(request: ApprovalRequest): Approval;
  settings?: Partial<AgentSettings>;
  preferences?: string[];
  last?: Remembered;
  signal?: AbortSignal;
}

export interface FakeWorld {
  world: AgentWorld;
  session: Session;
  toolbox: ReturnType<typeof fakeToolbox>;
  events: AgentEvent[];
  /** Rounds of questions. */
  asked: Question[][];
  approvals: ApprovalRequest[];
  /** The requests to the chat model. */
  requests: { messages: { role: string; content: string }[] }[];
  /** The state of a turn as `runTurn` makes it. */
  state(input: string, attachments?: Attachment[]): TurnState;
}

export const FAKE_SETTINGS: AgentSettings = {
  approve: "ask",
  maxSteps: 10,
  maxModelCalls: 16,
  turnMs: 60_000,
  maxQuestions: 3,
  confidence: 0.7,
  verbatimMessages: 10,
  showPlan: false,
  language: "python",
};

export function fakeSession(last: Remembered = {}): Session {
  const created = "2026-11-20T12:00:00.000Z";
  return {
    ...newSession("/work", ""),
    id: "20261120-120000-test",
    created,
    updated: created,
    last,
  };
}

export function fakeTurn(input: string, id = 1): Turn {
  return newTurn(id, input, "2026-11-20T12:00:00.000Z");
}

/** Makes a world; what it was asked and told is kept in it. */
export function fakeWorld(options: FakeWorldOptions = {}): FakeWorld {
  const { readText } = options;
  const chat = chatModelOf(options.replies);
  const toolbox = fakeToolbox(options.tools, options.calls);
  const events: AgentEvent[] = [];
  const asked: Question[][] = [];
  const approvals: ApprovalRequest[] = [];
  const session = fakeSession(options.last);
  const allowed = new Set<string>();
  const world: AgentWorld = {
    models: scriptedModels(chat ? { chat, code: chat } : {}),
    prompts: createPrompts({}),
    toolbox,
    person: {
      ask: (questions) => {
        asked.push(questions);
        const { answers } = options;
        return Promise.resolve(typeof answers === "function" ? answers(questions) : answers);
      },
      approve: (request) => {
        approvals.push(request);
        return Promise.resolve(options.approve?.(request) ?? { kind: "yes" });
      },
      confirmPlan: () => Promise.resolve({ kind: "yes" }),
    },
    approvals: {
      has: (tool) => Promise.resolve(allowed.has(tool)),
      add: (tool) => Promise.resolve(void allowed.add(tool)),
    },
    settings: { ...FAKE_SETTINGS, ...options.settings },
    preferences: options.preferences ?? [],
    files: { ...fakeFiles(options.files ?? {}), ...readText ? { readText } : {} },
    emit: (event) => void events.push(event),
    signal: options.signal ?? new AbortController().signal,
  };
  const state = (input: string, attachments: Attachment[] = []): TurnState =>
    fakeState(world, session, input, attachments);
  const requests = (chat as { requests?: FakeWorld["requests"] })?.requests ?? [];
  return { world, session, toolbox, events, asked, approvals, requests, state };
}

function chatModelOf(replies: FakeWorldOptions["replies"]): ChatModel | undefined {
  if (replies === null) return undefined;
  return Array.isArray(replies) || !replies ? createScripted(replies ?? []) : replies;
}

/** A turn's state without budgets; its calls of the model are counted. */
function fakeState(
  world: AgentWorld,
  session: Session,
  input: string,
  attachments: Attachment[],
): TurnState {
  const turn = fakeTurn(input, session.turns.length + 1);
  return {
    input,
    attachments,
    session,
    world,
    turn,
    signal: world.signal,
    chatModel: async () => {
      const model = await world.models.get("chat");
      const chat: ChatModel["chat"] = (request) => {
        turn.usage.calls++;
        return model.chat(request);
      };
      return { ...model, chat };
    },
    waitFor: (work) => work(),
    pausedMs: () => 0,
  };
}

function fakeFiles(files: Record<string, string>): AgentWorld["files"] {
  const nameOf = (path: string) => path.replace(/^\/work\//, "");
  return {
    readText: (path) => {
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      if (text !== undefined) return Promise.resolve(text);
      return Promise.reject(new ToolError(`Cannot read ${JSON.stringify(path)}: no such file`));
    },
    exists: (path) => Object.hasOwn(files, path),
    find: (name) => Promise.resolve(Object.keys(files).filter((path) => path.endsWith(`/${name}`))),
    snapshot: (path) => {
      const name = nameOf(path);
      const bytes = Object.hasOwn(files, name) ? new TextEncoder().encode(files[name]) : null;
      return Promise.resolve({ path: `/work/${name}`, bytes });
    },
    restore: (path, bytes) => {
      if (bytes) files[nameOf(path)] = new TextDecoder().decode(bytes);
      else delete files[nameOf(path)];
      return Promise.resolve();
    },
    readResource: (name) =>
      Promise.reject(new ToolError(`Cannot read ${JSON.stringify(name)}: no such resource`)),
  };
}
