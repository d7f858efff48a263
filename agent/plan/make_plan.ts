import type { PlanStep } from "../../sessions/session.ts";
import type { Sight, Spot } from "../understand/code_in_sight.ts";
import { languageOfPath } from "../understand/language_endings.ts";
import { readFramework } from "../understand/read_parameters.ts";
import { escapeReferences, referencesIn } from "./references.ts";
import { propertiesOf } from "../execute/schema_fields.ts";
import type { ToolInfo } from "../execute/toolbox.ts";
import type { Subject, SubjectKind, Wish } from "../understand/wish.ts";

export interface PlanOptions {
  /** What there is before the plan begins. */
  sight: Sight;
  /** What a name that was said stands for. */
  spotOf(path: string): Spot;
  /** @default 10 */
  maxSteps?: number;
  /** Writes no file but those that a wish names. @default false */
  keepsFiles?: boolean;
  /** The number of the last step that the turn has already. @default 0 */
  after?: number;
}

export type Planned =
  | { ok: true; steps: PlanStep[]; /** Wishes that did not fit in. */ left: number }
  /** There is nothing yet that a wish could be done to. */
  | { ok: false; missing: Wish };

/** The tool that writes files; its target may be where the text came from. */
const WRITER = "write_file";

/** Which output of a tool is what, by its name; the first one counts. */
export const OUTPUTS: [field: string, kind: SubjectKind][] = [
  ["code", "code"],
  ["formatted_code", "code"],
  ["refactored_code", "mended"],
  ["test_code", "tests"],
];

/** Inputs that take a text, by their names. */
const TEXT_INPUTS = ["code", "content", "source", "source_code", "text"];

/** What is known while a plan is made. */
interface Draft {
  steps: PlanStep[];
  sight: Sight;
  tools: Map<string, ToolInfo>;
  options: PlanOptions;
  /** Said to be done to the code, and not changed since: tool and arguments. */
  done: Set<string>;
  /** The steps that stand for a model's, by its ids. */
  ids: Map<string, string>;
}

/**
 * Makes a plan without a model: each wish becomes a step that takes what it needs from the steps
 * before it, or from what is in sight.
 *
 * @param tools those that may be used; a wish for another one is left out
 */
export function makePlan(wishes: Wish[], tools: ToolInfo[], options: PlanOptions): Planned {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const draft: Draft = {
    steps: [],
    sight: { ...options.sight },
    tools: byName,
    options,
    done: new Set(),
    ids: new Map(),
  };
  const said = wishes.filter(({ tool }) => byName.has(tool))
    .map((wish) => ({ ...wish, arguments: escapeReferences(wish.arguments) }));
  const known = options.keepsFiles ? said.filter(isNamed) : withWriteBack(said, byName);
  for (const [index, wish] of known.entries()) {
    if (draft.steps.length >= (options.maxSteps ?? 10)) {
      return { ok: true, steps: draft.steps, left: known.length - index };
    }
    if (!addStep(draft, wish)) return { ok: false, missing: wish };
  }
  return { ok: true, steps: draft.steps, left: 0 };
}

function isNamed({ tool, arguments: { path } }: Wish): boolean {
  return tool !== WRITER || path !== undefined;
}

/** What was formatted in a file belongs into the file, unless something else is to be done with it. */
function withWriteBack(wishes: Wish[], tools: Map<string, ToolInfo>): Wish[] {
  if (!tools.has(WRITER)) return wishes;
  return wishes.flatMap((wish, index) => {
    const isFormatting = wish.tool === "format_code";
    const later = wishes.slice(index + 1);
    if (!isFormatting || later.some(({ tool }) => tool === WRITER)) return [wish];
    return [wish, { tool: WRITER, on: { of: "code" }, arguments: {} }];
  });
}

/** False when there is nothing to do it to. */
function addStep(draft: Draft, wish: Wish): boolean {
  const tool = draft.tools.get(wish.tool)!;
  const spot = wish.on && (fedBy(wish, draft) ?? findSpot(wish.on, draft));
  if (wish.tool === WRITER) return addWriting(draft, wish, spot);
  if (wish.on && !spot && takesText(tool)) return false;
  const args = withFindings(
    { ...argumentsFor(tool, wish, spot), ...framework(tool, wish, spot) },
    wish,
    draft,
  );
  const key = JSON.stringify([wish.tool, args]);
  if (draft.done.has(key)) return true;
  draft.done.add(key);
  const step = push(draft, wish, args);
  notice(draft, tool, step.id, spot);
  return true;
}

/** The result of another server's tool that a model's plan builds this on. */
function fedBy({ planned }: Wish, { ids, steps, tools }: Draft): Spot | undefined {
  const from = planned?.needs.map((need) => steps.find(({ id }) => id === ids.get(need)))
    .find((step) => step && tools.get(step.tool)?.server !== "devmcp");
  return from && { reference: `{{${from.id}}}` };
}

function takesText({ inputSchema }: ToolInfo): boolean {
  const fields = propertiesOf(inputSchema);
  return "path" in fields || TEXT_INPUTS.some((name) => name in fields);
}

function findSpot(on: Subject, { sight, options }: Draft): Spot | undefined {
  if ("path" in on) return options.spotOf(on.path);
  // Whoever mends or keeps what is not there means the code.
  return sight[on.of] ?? (on.of === "review" ? undefined : sight.code);
}

function argumentsFor(tool: ToolInfo, wish: Wish, spot: Spot | undefined): Record<string, unknown> {
  if (!spot) return { ...wish.arguments };
  const fields = propertiesOf(tool.inputSchema);
  const field = TEXT_INPUTS.find((name) => name in fields);
  if (spot.reference && field) return { [field]: spot.reference, ...wish.arguments };
  if (spot.path && "path" in fields) return { path: spot.path, ...wish.arguments };
  return withCodeInDescription(wish, spot);
}

/** What changes code gets it with the words that say how. */
function withCodeInDescription({ arguments: args }: Wish, spot: Spot): Record<string, unknown> {
  const reference = spot.reference ?? `{{file:${spot.path}}}`;
  const { description } = args;
  if (typeof description !== "string") return { ...args };
  const language = args.language ?? spot.language ?? (spot.path && languageOfPath(spot.path));
  return {
    ...args,
    description: `${description}\n\nThis is the code that it is about:\n\n${reference}`,
    ...language ? { language } : {},
  };
}

/** Code is written by the task as it was made precise, and changed by what a review in this plan found. */
function withFindings(
  args: Record<string, unknown>,
  { tool, on }: Wish,
  { steps }: Draft,
): Record<string, unknown> {
  const { description } = args;
  if (tool !== "generate_code" || typeof description !== "string") return args;
  const before = steps.findLast((step) => step.tool === (on ? "review_code" : "formalize_task"));
  if (!before) return args;
  const title = on ? "A review of it found" : "The task in detail";
  return { ...args, description: `${description}\n\n${title}:\n\n{{${before.id}}}` };
}

/** Tests are written for what runs tests of that language. */
function framework(tool: ToolInfo, wish: Wish, spot: Spot | undefined): Record<string, unknown> {
  const isFree = "test_framework" in propertiesOf(tool.inputSchema) &&
    wish.arguments.test_framework === undefined;
  const language = spot?.language ?? (spot?.path ? languageOfPath(spot.path) : undefined);
  const found = isFree ? readFramework("", language) : undefined;
  return found ? { test_framework: found } : {};
}

function push({ steps, ids, options }: Draft, wish: Wish, args: Record<string, unknown>): PlanStep {
  const { tool, planned } = wish;
  const id = `step${(options.after ?? 0) + steps.length + 1}`;
  const named = referencesIn(args).flatMap((path) => /^step\d+$/.test(path[0]!) ? path[0]! : []);
  const said = planned?.needs.flatMap((need) => ids.get(need) ?? []) ?? [];
  const before = wish.waits ? steps.map((step) => step.id) : [];
  const needs = [...new Set([...named, ...said, ...needsOfFile(steps, tool, args), ...before])];
  const purpose = planned?.purpose || purposeOf(tool, args);
  const step = { id, tool, purpose, arguments: args, needs };
  steps.push(step);
  if (planned) ids.set(planned.id, id);
  return step;
}

/** A file is read after it was written, and written after it was read. */
function needsOfFile(steps: PlanStep[], tool: string, { path }: Record<string, unknown>): string[] {
  if (typeof path !== "string") return [];
  return steps.filter((step) =>
    step.arguments.path === path && (tool === WRITER || step.tool === WRITER)
  ).map(({ id }) => id);
}

function purposeOf(tool: string, { path }: Record<string, unknown>): string {
  const words = tool.replace(/^.*:/, "").replaceAll("_", " ");
  return typeof path === "string" ? `${words}: ${path}` : words;
}

/** What the step makes is what the next ones speak of. */
function notice(draft: Draft, tool: ToolInfo, id: string, spot: Spot | undefined): void {
  const outputs = propertiesOf(tool.outputSchema ?? {});
  const [field, kind] = OUTPUTS.find(([name]) => name in outputs) ?? [];
  if (spot && kind !== "tests") draft.sight.code = spot;
  if (tool.name === "review_code") draft.sight.review = { reference: `{{${id}}}` };
  if (!field || !kind) return;
  const language = draft.steps.at(-1)!.arguments.language ?? spot?.language;
  draft.sight[kind] = {
    ...kind === "tests" ? {} : { path: spot?.path },
    reference: `{{${id}.${field}}}`,
    ...typeof language === "string" ? { language } : {},
  };
  if (kind === "code") draft.sight.mended = undefined;
}

/** Without a name it goes back to where it came from; where that is nowhere, nothing is written. */
function addWriting(draft: Draft, wish: Wish, found: Spot | undefined): boolean {
  const spot = wish.on ? found : newest(draft);
  const path = wish.arguments.path ?? spot?.path;
  const { content } = wish.arguments;
  if (!spot && content === undefined) return false;
  if (typeof path !== "string") return true;
  const text = content ?? spot!.reference ?? `{{file:${spot!.path}}}`;
  push(draft, wish, { ...wish.arguments, path, content: text });
  const kind = wish.on && "of" in wish.on && wish.on.of === "tests" ? "tests" : "code";
  draft.sight[kind] = { ...spot, path };
  return true;
}

/** What the plan made last that is code; else the code as a review mended it. */
function newest({ sight: { code, mended } }: Draft): Spot | undefined {
  return code?.reference?.startsWith("{{step") ? code : mended ?? code;
}
