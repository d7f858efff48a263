import { ModelError } from "../../models/model_error.ts";
import type { Intent, PlanStep } from "../../sessions/session.ts";
import { addNotice } from "../add_notice.ts";
import { askPlan } from "../plan/ask_plan.ts";
import { askTarget } from "./ask_target.ts";
import { FITS, type ScoredTool, scoreTools, shownTools } from "../plan/choose_tools.ts";
import { clarify } from "./clarify.ts";
import { codeInSight, type Sight, spotOfFile } from "./code_in_sight.ts";
import { readDirectRequest } from "./direct_request.ts";
import { doubtQuestions } from "./doubt_questions.ts";
import { findSaidFiles } from "./find_said_files.ts";
import { keepsFiles } from "../execute/keeps_files.ts";
import { makePlan } from "../plan/make_plan.ts";
import { mayNeedTools } from "./may_need_tools.ts";
import { namesObject } from "./names_object.ts";
import { askWhichCode, noCodeYet } from "./no_code_yet.ts";
import { readIntent } from "./read_intent.ts";
import { type Message, readMessage } from "./read_message.ts";
import { findPaths } from "./read_subjects.ts";
import { propertiesOf } from "../execute/schema_fields.ts";
import { requiredOf } from "../execute/schema_fields.ts";
import { speaksOfCode } from "./speaks_of_code.ts";
import { plannedWishes, toWishes, type WishContext } from "./to_wishes.ts";
import type { ToolInfo } from "../execute/toolbox.ts";
import type { TurnState } from "../turn_state.ts";
import type { Wish } from "./wish.ts";
import { isWithoutModel, withoutModel } from "../answer/without_model.ts";

/** What the person wants, or what to say at once. */
export type Understanding =
  | { kind: "plan"; intent: Intent; plan: PlanStep[] }
  /** In words, from what is known. */
  | { kind: "answer" }
  | { kind: "said"; text: string; status: "done" | "failed" | "stopped" }
  /** The model that it needs fails. */
  | { kind: "failed"; error: ModelError };

/** What the parts of this work share. */
interface Reading extends WishContext {
  state: TurnState;
  scored: ScoredTool[];
}

/**
 * What the person wants: by rules where the message is one of the usual ways of saying it, else by one
 * call of the chat model, and a second one where tools of other servers have to be put in order.
 *
 * @throws {BudgetError} and the reason of the turn's signal
 */
export async function understand(state: TurnState): Promise<Understanding> {
  const message = readMessage(state.input);
  const sight = await codeInSight(state, message);
  const tools = state.world.toolbox.list();
  const scored = scoreTools(message.text, tools);
  const exists = (path: string) => state.world.files.exists(path);
  const reading: Reading = {
    state,
    message,
    sight,
    tools,
    scored,
    exists,
    speaksOfCode: speaksOfCode(message.order, state.session.last.code?.text),
  };
  const wishes = readDirectRequest(message);
  const isKnown = wishes?.every((wish) => tools.some(({ name }) => name === wish.tool));
  if (wishes && isKnown) return await planDirectly(wishes, reading);
  if (!mayNeedTools(message, scored, sight)) return { kind: "answer" };
  return await planByModel(reading);
}

async function planDirectly(wishes: Wish[], reading: Reading): Promise<Understanding> {
  return await planFor(intentOf(wishes.map(({ tool }) => tool), reading), wishes, reading);
}

function intentOf(tools: string[], { message }: Reading): Intent {
  const goal = message.order.slice(0, 1_000);
  return {
    goal,
    tools: [...new Set(tools)],
    parameters: {},
    confidence: 1,
    unclear: [],
    by: "rules",
  };
}

async function planByModel(reading: Reading): Promise<Understanding> {
  const { state, message, scored } = reading;
  const { world } = state;
  world.emit({ type: "status", text: "Understanding" });
  try {
    const read = await readIntent(state, message, shownTools(scored));
    if (!read) return await planByWords(reading);
    const intent = await clarifyIntent(read.intent, read.questions, reading);
    if (intent.tools.length === 0) return keepIntent({ kind: "answer" }, intent, state);
    return await planFor(intent, await wishesFor(intent, reading), reading);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return await planByWords(reading, error);
  }
}

/** The tool whose words were said; without a model also what one is needed for. */
async function planByWords(reading: Reading, error?: ModelError): Promise<Understanding> {
  const [best] = reading.scored.filter(({ tool }) => tool.server === "devmcp");
  const isUsable = best && best.score >= FITS && !(error && best.tool.needsModel) &&
    namesObject(best.tool.name, reading);
  if (isUsable) {
    const intent = { ...intentOf([best.tool.name], reading), confidence: 0.5 };
    return await planFor(intent, toWishes(intent, reading), reading);
  }
  return error ? failed(error, reading) : { kind: "answer" };
}

async function clarifyIntent(
  intent: Intent,
  questions: Parameters<typeof clarify>[1],
  { state, scored }: Reading,
): Promise<Intent> {
  const { settings } = state.world;
  if (intent.confidence >= settings.confidence || intent.tools.length === 0) return intent;
  const asked = questions.length > 0 ? questions : doubtQuestions(intent, scored);
  const clear = await clarify(intent, asked.slice(0, settings.maxQuestions), state);
  if (clear !== intent) return questions.length > 0 ? clear : chosen(clear, intent, scored, state);
  if (asked.length > 0) {
    addNotice("I was not sure what you want, and went on with my best guess", state);
  }
  return intent;
}

/** The tool that the person chose by its title. */
function chosen(clear: Intent, intent: Intent, scored: ScoredTool[], { turn }: TurnState): Intent {
  const answer = turn.questions.at(-1)?.answer ?? "";
  const tool = scored.find(({ tool: { title } }) => title === answer)?.tool.name;
  if (tool) return { ...intent, tools: [tool], confidence: 1 };
  return /^(?:just an answer|none|no)\b/i.test(answer) ? { ...intent, tools: [] } : clear;
}

/** Where tools of other servers build on each other, a model says how. */
async function wishesFor(intent: Intent, reading: Reading): Promise<Wish[]> {
  const { state, tools, message } = reading;
  const used = intent.tools.flatMap((name) => tools.find((tool) => tool.name === name) ?? []);
  const isPlain = used.length === 1 ||
    !isFed(used, message) && used.every((tool) => isSelfContained(tool, intent));
  if (isPlain) return toWishes(intent, reading);
  state.world.emit({ type: "status", text: "Planning" });
  const steps = await askPlan({ message, intent, tools: used }, state);
  return steps.length > 0 ? plannedWishes(steps, intent, reading) : toWishes(intent, reading);
}

/** One of our own tools may be meant to work on what another server's gives. */
function isFed(tools: ToolInfo[], { text, code }: Message): boolean {
  const foreign = tools.findIndex(({ server }) => server !== "devmcp");
  const takes = tools.findLastIndex(({ server, inputSchema }) =>
    server === "devmcp" && ["code", "content"].some((field) => field in propertiesOf(inputSchema))
  );
  return foreign >= 0 && foreign < takes && code === undefined && findPaths(text).length === 0;
}

/** Nothing has to come from another step: our own tools chain by what they take and give. */
function isSelfContained({ server, inputSchema }: ToolInfo, { parameters }: Intent): boolean {
  return server === "devmcp" ||
    requiredOf(inputSchema).every((field) => Object.hasOwn(parameters, field));
}

async function planFor(intent: Intent, wishes: Wish[], reading: Reading): Promise<Understanding> {
  const { state, tools, sight } = reading;
  const found = await findSaidFiles(wishes, state);
  if (typeof found === "string") return keepIntent(said(found), intent, state);
  const complete = await withTarget(found, reading);
  const plan = (sight: Sight) =>
    makePlan(complete, tools, {
      sight,
      spotOf: (path) => spotOfFile(path, state.attachments, state.world.files),
      maxSteps: state.world.settings.maxSteps,
      keepsFiles: keepsFiles(reading.message.order),
    });
  let planned = plan(sight);
  if (!planned.ok) {
    const code = await askWhichCode(planned.missing, state);
    if (code) planned = plan({ ...sight, code });
  }
  if (!planned.ok) return keepIntent(said(noCodeYet(planned.missing)), intent, state);
  if (planned.left > 0) tellLeft(planned.left, state);
  if (planned.steps.length === 0) return keepIntent({ kind: "answer" }, intent, state);
  const lacking = await lacksModel(planned.steps, reading);
  const understanding: Understanding = { kind: "plan", intent, plan: planned.steps };
  return keepIntent(lacking ? failed(lacking, reading) : understanding, intent, state);
}

/** Where there is no model at all, much can be done all the same. */
function failed(error: ModelError, { tools }: Reading): Understanding {
  return isWithoutModel(error) ? said(withoutModel(error, tools)) : { kind: "failed", error };
}

function said(text: string): Understanding {
  return { kind: "said", text, status: "failed" };
}

function tellLeft(left: number, state: TurnState): void {
  addNotice(
    `The plan is full: ${left} more ${left === 1 ? "step was" : "steps were"} left out`,
    state,
  );
}

/** A file that is to be written without a name gets one from the person. */
async function withTarget(wishes: Wish[], { state, sight, message }: Reading): Promise<Wish[]> {
  const at = wishes.findIndex(({ tool, on, arguments: { path } }) =>
    tool === "write_file" && path === undefined && !(on && "of" in on && on.of === "mended")
  );
  if (at < 0 || hasFile(wishes, at, sight)) return wishes;
  const path = await askTarget(wishes[at]!, message, state);
  if (path === undefined) addNotice("Nothing is saved, as no file was named for it", state);
  if (path === undefined) return wishes;
  return wishes.with(at, { ...wishes[at]!, arguments: { path } });
}

/** Whether what is to be written comes from a file, and goes back there; new tests come from none. */
function hasFile(wishes: Wish[], at: number, sight: Sight): boolean {
  const { on } = wishes[at]!;
  if (on && "of" in on && on.of === "tests") {
    return sight.tests?.path !== undefined && !wishes.some(({ tool }) => tool === "generate_tests");
  }
  return sight.code?.path !== undefined || wishes.some(({ on }) => on && "path" in on);
}

/** What is wrong with the model where the plan cannot even begin without one. */
async function lacksModel(
  steps: PlanStep[],
  { state, tools }: Reading,
): Promise<ModelError | undefined> {
  const needs = tools.find(({ name }) => name === steps[0]!.tool)?.needsModel;
  if (!needs) return undefined;
  try {
    await state.waitFor(() => state.world.models.get("code", { signal: state.signal }));
    return undefined;
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}

function keepIntent(
  understanding: Understanding,
  intent: Intent,
  { world, turn }: TurnState,
): Understanding {
  turn.intent = intent;
  world.emit({ type: "intent", intent });
  return understanding;
}
