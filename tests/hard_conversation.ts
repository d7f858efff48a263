/** Whole conversations over a fake Ollama, with servers, faults and people who do not answer. */
import { type FakeCall as FakeTool, fakeToolbox, ownTools } from "../agent/execute/fake_toolbox.ts";
import { FAKE_SETTINGS, fakeSession, fakeWorld } from "../agent/fake_world.ts";
import { runTurn } from "../agent/run_turn.ts";
import { answerChat } from "../models/fakes/fake_chat_answers.ts";
import { startFakeOllama } from "../models/fakes/fake_ollama.ts";
import type { FakeCall } from "../models/fakes/fake_ollama_chat.ts";
import { CHAT_FLAWS, createWeakModel, type TrueAnswer } from "../models/fakes/fake_weak_model.ts";
import type { Call, Turn } from "../sessions/session.ts";
import { tools } from "../tools/mod.ts";
import type { ToolContext } from "../tools/tool.ts";
import { TASK_FILES } from "./conversation_tasks.ts";
import { inFolder } from "./devmcp.ts";
import type { HardConversation, HardMessage } from "./hard_tasks.ts";
import { SHOP } from "./shop_server.ts";
import { callReal } from "./weak_conversation.ts";
import { createContext } from "./weak_model.ts";

/** What came of many conversations. */
export interface HardFigures {
  conversations: number;
  messages: number;
  /** Messages of which all came that had to. */
  right: number;
  /** The others: kind, message, and what happened. */
  wrong: string[];
  /** Messages that made the same call twice. */
  loops: string[];
  /** Messages that threw, ended without a word, or asked for more than the settings allow. */
  crashes: string[];
  /** Of the chat model. */
  modelCalls: number;
  questions: number;
}

interface Made {
  tool: string;
  text: string;
}

/** Runs conversations over a weak model; the same seed weakens the same way. */
export async function measureHard(
  conversations: HardConversation[],
  seed: number,
): Promise<HardFigures> {
  const figures: HardFigures = {
    conversations: conversations.length,
    messages: 0,
    right: 0,
    wrong: [],
    loops: [],
    crashes: [],
    modelCalls: 0,
    questions: 0,
  };
  const now: Now = { failed: new Set() };
  const { reply } = createWeakModel((call) => answerHard(call, now), seed, CHAT_FLAWS);
  const fake = await startFakeOllama({ reply, tokensPerLine: 16 });
  try {
    await inFolder(TASK_FILES, async (folder) => {
      const context = createContext(fake.url, folder);
      for (const one of conversations) await runConversation(one, context, now, figures);
    });
  } finally {
    await fake.stop();
  }
  return figures;
}

/** What the model is being asked about. */
interface Now {
  message?: HardMessage;
  /** Tools that said no. */
  failed: Set<string>;
}

function answerHard(call: FakeCall, { message, failed }: Now): TrueAnswer {
  const prompt = call.messages.map(({ content }) => content).join("\n");
  if (message && prompt.includes("You fill in the arguments of one tool call")) {
    return { json: fillIn(prompt, message, failed) };
  }
  if (message && prompt.includes("You plan how a programming assistant")) {
    const plan = prompt.includes("failed, it said: ") ? message.otherPlan : message.plan;
    return { json: { steps: (plan ?? []).map(toStep) } };
  }
  const truth = answerChat(call, () => message?.intent);
  const isIntent = "json" in truth && "confidence" in truth.json && message;
  if (!isIntent) return truth;
  const { confidence = 0.9, unclear = [] } = message.intent;
  return { json: { ...truth.json, confidence, unclear } };
}

function toStep({ tool, needs }: { tool: string; needs: string[] }, index: number) {
  return { id: `step${index + 1}`, tool, purpose: tool, needs };
}

/** What is known of the fields that are asked for. */
function fillIn(
  prompt: string,
  { args = {}, otherArgs = {}, intent }: HardMessage,
  failed: Set<string>,
): Record<string, unknown> {
  const asked = prompt.slice(prompt.lastIndexOf("\nTool: "));
  const tool = /^\nTool: (.*)/.exec(asked)?.[1]?.trim() ?? "";
  const known = (failed.has(tool) ? otherArgs[tool] : undefined) ?? args[tool] ??
    intent.parameters;
  return Object.fromEntries(
    Object.entries(known).filter(([field]) => asked.includes(`\n- ${field} (`)),
  );
}

async function runConversation(
  conversation: HardConversation,
  context: ToolContext,
  now: Now,
  figures: HardFigures,
): Promise<void> {
  const made: Made[] = [];
  now.failed = new Set();
  const { world } = fakeWorld({
    files: TASK_FILES,
    answers: conversation.answer === undefined
      ? undefined
      : (questions) => questions.map(() => conversation.answer!),
  });
  const toolbox = fakeToolbox(
    [...ownTools(), ...SHOP],
    toolCalls(conversation, context, now, made),
  );
  const settings = { ...FAKE_SETTINGS, approve: "all" as const };
  const session = fakeSession();
  for (const message of conversation.messages) {
    now.message = message;
    const before = [...made];
    const talk = `${conversation.kind}: ${message.says}`;
    try {
      const { turn, last } = await runTurn(message.says, session, {
        ...world,
        models: context.models,
        toolbox,
        settings,
      });
      session.turns.push(turn);
      session.last = last;
      count(figures, talk, message, turn, before);
    } catch (error) {
      figures.messages++;
      figures.crashes.push(`${talk}: ${error}`);
    }
  }
}

/** Our own tools as they are, those of the shop made up; each may be told to fail. */
function toolCalls(
  { fails = {} }: HardConversation,
  context: ToolContext,
  { failed }: Now,
  made: Made[],
): Record<string, FakeTool> {
  const left = new Map(Object.entries(fails).map(([name, { times }]) => [name, times]));
  const own = tools.filter(({ name }) => name !== "write_file")
    .map(({ name }) => [name, (args: Record<string, unknown>) => callReal(name, args, context)]);
  const shop = SHOP.map(({ name }) => [name, () => ({
    ok: true as const,
    text: name === "shop:get_template" ? "x = 1\n" : `result of ${name}`,
  })]);
  const calls = [...own, ...shop] as [string, FakeTool][];
  return Object.fromEntries(calls.map(([name, call]): [string, FakeTool] => [name, async (args) => {
    const times = left.get(name) ?? 0;
    if (times > 0) {
      left.set(name, times - 1);
      failed.add(name);
      return fails[name]!.says;
    }
    const result = await call(args);
    if (typeof result !== "string" && result.ok) {
      const text = result.data?.code ?? result.data?.test_code;
      if (typeof text === "string") made.push({ tool: name, text });
    }
    return result;
  }]));
}

function count(
  figures: HardFigures,
  talk: string,
  message: HardMessage,
  turn: Turn,
  made: Made[],
): void {
  const questions = turn.questions.length;
  figures.messages++;
  figures.modelCalls += turn.usage.calls;
  figures.questions += questions;
  const calls = turn.calls.map(({ tool, arguments: args }) => JSON.stringify([tool, args]));
  if (new Set(calls).size < calls.length) figures.loops.push(talk);
  const isBounded = turn.usage.calls <= FAKE_SETTINGS.maxModelCalls &&
    calls.length <= 2 * FAKE_SETTINGS.maxSteps && questions <= FAKE_SETTINGS.maxQuestions;
  const isSilent = turn.answer.trim() === "" && turn.notices.length === 0;
  if (!isBounded || isSilent) figures.crashes.push(`${talk}: ${isSilent ? "silent" : "unbounded"}`);
  const problem = judge(message, turn, made) ??
    (questions > (message.questions ?? 0) ? `${questions} questions` : undefined);
  if (problem === undefined) figures.right++;
  else figures.wrong.push(`${talk}: ${problem}`);
}

/** What is wrong with a turn. */
function judge(message: HardMessage, turn: Turn, made: Made[]): string | undefined {
  const { done, status = "done", tells } = message;
  if (done === undefined) return undefined;
  const calls = doneInOrder(turn);
  const names = calls.map(({ tool }) => tool);
  if (names.join() !== done.join()) {
    const failed = turn.calls.find((call) => call.status === "failed");
    return `[${names}] in place of [${done}]; ${failed?.text ?? turn.notices.join("; ")}`;
  }
  if (turn.status !== status) return `it ended as ${turn.status}`;
  const said = [turn.answer, ...turn.notices, ...turn.calls.map(({ text }) => text)].join("\n");
  if (tells && !tells.test(said)) return `it does not tell ${tells}: ${said.slice(0, 300)}`;
  return judgeArguments(message, calls) ?? judgeSubjects(message, calls, made);
}

function doneInOrder({ calls, plan }: Turn): Call[] {
  const place = new Map(plan.map(({ id }, index) => [id, index]));
  return calls.filter(({ status }) => status === "done")
    .toSorted((a, b) => place.get(a.step)! - place.get(b.step)!);
}

function judgeArguments({ calledWith = {} }: HardMessage, calls: Call[]): string | undefined {
  for (const [name, wanted] of Object.entries(calledWith)) {
    const { arguments: args } = calls.find(({ tool }) => tool === name)!;
    const field = Object.keys(wanted).find((one) => args[one] !== wanted[one]);
    if (field) return `${name} was called with ${JSON.stringify(args)}`;
  }
  return undefined;
}

function judgeSubjects({ on = {} }: HardMessage, calls: Call[], made: Made[]): string | undefined {
  const other = calls.find(({ tool, arguments: { path, code, content } }) => {
    const wanted = on[tool];
    if (!wanted) return false;
    if ("file" in wanted) return path !== wanted.file && code !== TASK_FILES[wanted.file];
    return (content ?? code) !== made.findLast((one) => one.tool === wanted.made)?.text;
  });
  return other && `${other.tool} worked on ${JSON.stringify(other.arguments).slice(0, 200)}`;
}
