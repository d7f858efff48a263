/** Whole turns over a fake Ollama: what becomes of tasks, and how often a model is asked. */
import { fakeToolbox, ownTools } from "../agent/execute/fake_toolbox.ts";
import { FAKE_SETTINGS, fakeSession, fakeWorld } from "../agent/fake_world.ts";
import { runTurn } from "../agent/run_turn.ts";
import type { ToolResult } from "../agent/execute/toolbox.ts";
import { answerChat } from "../models/fakes/fake_chat_answers.ts";
import { startFakeOllama } from "../models/fakes/fake_ollama.ts";
import type { Answer, FakeCall } from "../models/fakes/fake_ollama_chat.ts";
import { CHAT_FLAWS, createWeakModel, type TrueAnswer } from "../models/fakes/fake_weak_model.ts";
import type { Call, Turn } from "../sessions/session.ts";
import type { ToolContext } from "../tools/tool.ts";
import { tools } from "../tools/mod.ts";
import { runTool } from "../tools/run_tool.ts";
import { type ConversationTask, TASK_FILES } from "./conversation_tasks.ts";
import { inFolder } from "./devmcp.ts";
import { createContext } from "./weak_model.ts";

/** What came of many tasks. */
export interface ConversationFigures {
  tasks: number;
  /** The right tools ran, all with success, in an order that satisfies the dependencies. */
  right: number;
  /** Everything else: the message, and what happened. */
  wrong: string[];
  /** Turns that made the same call twice, or used up a budget. */
  loops: number;
  /** Turns that threw, or whose record says nothing. */
  crashes: string[];
  /** Of models: the chat's own and the tools'. */
  modelCalls: number;
  /** Turns that were understood without a model. */
  direct: number;
  /** Of these, the ones that ran a wrong tool. */
  falseHits: string[];
  /** Turns that ran a tool nobody asked for. */
  strange: number;
  /** Questions that the person was asked. */
  questions: number;
}

/** How well the model behaves. */
export type Behaviour = { kind: "perfect" } | { kind: "weak"; seed: number };

/** Runs each task as the first message of a session. */
export async function measureConversations(
  tasks: ConversationTask[],
  behaviour: Behaviour,
): Promise<ConversationFigures> {
  const figures: ConversationFigures = {
    tasks: tasks.length,
    right: 0,
    wrong: [],
    loops: 0,
    crashes: [],
    modelCalls: 0,
    direct: 0,
    falseHits: [],
    strange: 0,
    questions: 0,
  };
  const asked: FakeCall[] = [];
  const fake = await startFakeOllama({
    reply: replyOf(tasks, behaviour, asked),
    tokensPerLine: 16,
  });
  try {
    await inFolder(TASK_FILES, async (folder) => {
      const context = createContext(fake.url, folder);
      for (const task of tasks) count(figures, task, await runTask(task, context));
    });
  } finally {
    await fake.stop();
  }
  figures.modelCalls = asked.length;
  return figures;
}

function replyOf(tasks: ConversationTask[], behaviour: Behaviour, asked: FakeCall[]): Answer {
  const intents = new Map(tasks.map(({ says, intent }) => [plain(says), intent]));
  const answer = (call: FakeCall): TrueAnswer =>
    answerChat(call, (said) => intents.get(plain(said)));
  const reply: Answer = behaviour.kind === "weak"
    ? createWeakModel(answer, behaviour.seed, CHAT_FLAWS).reply
    : (call) => say(answer(call));
  return (call) => {
    asked.push(call);
    return reply(call);
  };
}

function plain(said: string): string {
  return said.replace(/\s+/g, " ").trim();
}

function say(truth: TrueAnswer): string | { json: unknown } {
  if ("json" in truth) return { json: truth.json };
  if ("text" in truth) return truth.text;
  return `\`\`\`${truth.language}\n${truth.code}\`\`\`\n\n${truth.prose}`;
}

const LAST = { code: { text: "def total(values):\n    return sum(values)\n", language: "python" } };

async function runTask({ says }: ConversationTask, context: ToolContext): Promise<Turn | string> {
  const fake = fakeWorld({ files: TASK_FILES });
  const own = ownTools();
  const real = tools.filter(({ name }) => name !== "write_file");
  const calls = Object.fromEntries(
    real.map((
      { name },
    ) => [name, (args: Record<string, unknown>) => callReal(name, args, context)]),
  );
  const world = {
    ...fake.world,
    models: context.models,
    toolbox: fakeToolbox(own, calls),
    settings: { ...FAKE_SETTINGS, approve: "all" as const },
  };
  try {
    const { turn } = await runTurn(says, fakeSession(LAST), world);
    return turn;
  } catch (error) {
    return String(error);
  }
}

/** Runs one of our own tools as it is. */
export async function callReal(
  name: string,
  args: Record<string, unknown>,
  context: ToolContext,
): Promise<ToolResult> {
  const tool = await tools.find((entry) => entry.name === name)!.load();
  const outcome = await runTool(tool, args, context);
  if (outcome.ok) return { ok: true, text: outcome.text, data: outcome.output };
  const { message, hint } = outcome;
  return { ok: false, text: hint ? `${message}; ${hint}` : message };
}

function count(figures: ConversationFigures, task: ConversationTask, turn: Turn | string): void {
  if (typeof turn === "string") return void figures.crashes.push(`${task.says}: ${turn}`);
  if (turn.answer.trim() === "" && turn.notices.length === 0) figures.crashes.push(task.says);
  const made = turn.calls.map(({ tool, arguments: args }) => JSON.stringify([tool, args]));
  if (turn.status === "stopped" || new Set(made).size < made.length) figures.loops++;
  const direct = turn.intent?.by === "rules";
  const problem = judge(task, turn);
  const strange = findStrange(task, turn).length > 0;
  if (direct) figures.direct++;
  if (direct && strange) figures.falseHits.push(task.says);
  if (strange) figures.strange++;
  figures.questions += turn.questions.length;
  if (problem === undefined) figures.right++;
  else figures.wrong.push(`${task.says}: ${problem}`);
}

/** What is wrong with a turn. */
function judge(task: ConversationTask, turn: Turn): string | undefined {
  const { tools: wanted, order, may = [] } = task;
  const done = doneCalls(turn).map(({ tool }) => tool);
  const strange = findStrange(task, turn);
  const missing = wanted.filter((tool) => !done.includes(tool));
  if (strange.length > 0) return `${strange.join(", ")} ran too`;
  if (missing.length > 0) {
    const failed = turn.calls.find((call) => call.status === "failed");
    return `${missing.join(", ")} did not run (planned: ${turn.plan.map(({ tool }) => tool)}) ${
      failed?.text ?? ""
    }`;
  }
  const broken = order.find(([before, after]) => done.indexOf(before) > done.lastIndexOf(after));
  if (broken) return `${broken[0]} ran after ${broken[1]}`;
  const problem = judgeFiles(task, doneCalls(turn)) ?? judgeFlow(task, doneCalls(turn));
  if (problem !== undefined) return problem;
  return turn.status === "done" || may.length > 0 ? undefined : `it ended as ${turn.status}`;
}

function doneCalls({ calls }: Turn): Call[] {
  return calls.filter(({ status }) => status === "done");
}

function findStrange({ tools: wanted, may = [] }: ConversationTask, turn: Turn): string[] {
  const done = doneCalls(turn).map(({ tool }) => tool);
  return done.filter((tool) => !wanted.includes(tool) && !may.includes(tool));
}

/** What was made in the turn is what the steps after it were about, not what was there before. */
function judgeFlow({ order, changes }: ConversationTask, calls: Call[]): string | undefined {
  const written = calls.find(({ tool }) => tool === "generate_code")?.arguments.description;
  const isChanged = String(written).includes(LAST.code.text.trim());
  if (changes !== undefined && written !== undefined && changes !== isChanged) {
    return isChanged ? "the old code was changed" : "new code was written";
  }
  const makers = ["generate_code", "generate_tests"];
  const stale = order.find(([maker, user]) =>
    makers.includes(maker) && calls.some(({ tool, arguments: { code, content } }) => {
      const text = code ?? content;
      return tool === user && (typeof text !== "string" || text === LAST.code.text);
    })
  );
  return stale && `${stale[1]} did not work on the result of ${stale[0]}`;
}

/** What is wrong with the files that were read and written. */
function judgeFiles(
  { reads = [], writes, may = [] }: ConversationTask,
  calls: Call[],
): string | undefined {
  const unread = reads.filter((file) =>
    !calls.some(({ tool, arguments: { path, code } }) =>
      tool !== "write_file" && (path === file || code === TASK_FILES[file])
    )
  );
  if (unread.length > 0) return `${unread.join(", ")} was not read`;
  const written = calls.filter(({ tool }) => tool === "write_file")
    .map(({ arguments: { path } }) => String(path));
  const unwritten = writes?.filter((file) => !written.includes(file)) ?? [];
  if (unwritten.length > 0) return `${unwritten.join(", ")} was not written`;
  const inPlace = may.includes("write_file") ? reads : [];
  const other = writes ? written.filter((file) => ![...writes, ...inPlace].includes(file)) : [];
  return other.length > 0 ? `${other.join(", ")} was written` : undefined;
}
