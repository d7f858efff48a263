import { canonicalJson } from "../../config/canonical_json.ts";
import { oneLine } from "../../config/one_line.ts";
import type { Intent, PlanStep } from "../../sessions/session.ts";
import { askPlan } from "./ask_plan.ts";
import { MAX_SHOWN, scoreTools } from "./choose_tools.ts";
import { codeInSight, type Sight, spotOfFile } from "../understand/code_in_sight.ts";
import { keepsFiles } from "../execute/keeps_files.ts";
import { makePlan, OUTPUTS } from "./make_plan.ts";
import { type Message, readMessage } from "../understand/read_message.ts";
import { plannedWishes } from "../understand/to_wishes.ts";
import type { ToolInfo, ToolResult } from "../execute/toolbox.ts";
import type { TurnState } from "../turn_state.ts";

/** A call that the person refused, and why. */
export interface RefusedStep {
  step: PlanStep;
  /** In the person's words. */
  reason: string;
  /** The steps that cannot run now. */
  rest: PlanStep[];
  /** Of the steps that succeeded, by id. */
  results: ReadonlyMap<string, ToolResult>;
}

/**
 * Steps in place of one that the person refused with a reason, and of those that needed it: the chat
 * model plans anew, once, with all tools that may be meant.
 *
 * @returns undefined when there is no other way
 */
export async function replanRefused(
  refused: RefusedStep,
  state: TurnState,
): Promise<PlanStep[] | undefined> {
  const { intent } = state.turn;
  if (!intent) return undefined;
  const message = readMessage(`${state.input}\n\nNot so: ${oneLine(refused.reason, 1_000)}`);
  const tools = toolsFor(refused, state);
  const rough = await askPlan({ message, intent, tools, note: noteOn(refused) }, state);
  const anew: Intent = { ...intent, tools: rough.map(({ tool }) => tool), goal: message.text };
  const sight = await sightAfter(refused, state, message);
  const exists = (path: string) => state.world.files.exists(path);
  const wishes = plannedWishes(rough, withoutWords(anew), {
    message,
    sight,
    tools,
    exists,
    speaksOfCode: sight.code !== undefined,
  });
  const planned = makePlan(wishes, tools, {
    sight,
    spotOf: (path) => spotOfFile(path, state.attachments, state.world.files),
    maxSteps: state.world.settings.maxSteps,
    keepsFiles: keepsFiles(message.order),
    after: lastNumber(state),
  });
  return planned.ok && planned.steps.some((step) => !isSame(step, refused.step))
    ? planned.steps
    : undefined;
}

/** What the rest of the plan uses, and what the reason and the message may mean. */
function toolsFor({ step, reason, rest }: RefusedStep, { world, input }: TurnState): ToolInfo[] {
  const tools = world.toolbox.list();
  const kept = tools.filter(({ name }) => [step, ...rest].some(({ tool }) => tool === name));
  const meant = scoreTools(`${reason} ${input}`, tools).filter(({ score }) => score > 0);
  return [...new Set([...kept, ...meant.map(({ tool }) => tool)])].slice(0, MAX_SHOWN);
}

function noteOn({ step, reason, rest, results }: RefusedStep): string {
  const done = [...results.keys()].join(", ") || "nothing";
  const left = rest.map(({ tool }) => oneLine(tool, 100)).join(", ") || "nothing";
  return `The person refused the step ${step.id} (${oneLine(step.tool, 100)}: ` +
    `${JSON.stringify(oneLine(step.purpose, 200))}) and said: ` +
    `${JSON.stringify(oneLine(reason, 600))}. Done already: ${done}. Left: ${left}. ` +
    "Plan what is to be done now instead.";
}

/** What was said of the first plan in words holds together with the reason only. */
function withoutWords(intent: Intent): Intent {
  const { description: _, informal_request: __, ...parameters } = intent.parameters;
  return { ...intent, parameters };
}

/** What the plan has made so far is what is spoken of, and before all what was to be written. */
async function sightAfter(
  { step: { tool, arguments: args }, results }: RefusedStep,
  state: TurnState,
  message: Message,
): Promise<Sight> {
  const sight = await codeInSight(state, message);
  for (const [id, { data = {} }] of results) {
    for (const [field, kind] of OUTPUTS) {
      if (typeof data[field] === "string") sight[kind] = { reference: `{{${id}.${field}}}` };
    }
  }
  const { content, path } = args;
  const isWriting = tool === "write_file" && typeof path === "string";
  if (isWriting && typeof content === "string" && /^\{\{[^{}]+\}\}$/.test(content)) {
    sight.code = { reference: content, path };
  }
  return sight;
}

function lastNumber({ turn }: TurnState): number {
  return Math.max(0, ...turn.plan.map(({ id }) => Number(/^step(\d+)$/.exec(id)?.[1] ?? 0)));
}

function isSame(one: PlanStep, other: PlanStep): boolean {
  return one.tool === other.tool && canonicalJson(one.arguments) === canonicalJson(other.arguments);
}
