import type { Intent } from "../../sessions/session.ts";
import type { RoughStep } from "../plan/check_plan.ts";
import { ANSWERS } from "./clarify.ts";
import type { Sight } from "./code_in_sight.ts";
import { isTestFile } from "./is_test_file.ts";
import type { Message } from "./read_message.ts";
import {
  readFocus,
  readFormatter,
  readFramework,
  readLanguage,
  readTargets,
} from "./read_parameters.ts";
import { findPaths } from "./read_subjects.ts";
import { propertiesOf } from "../execute/schema_fields.ts";
import type { ToolInfo } from "../execute/toolbox.ts";
import type { Subject, Wish } from "./wish.ts";

/** What a model's intent is made into wishes with. */
export interface WishContext {
  message: Message;
  sight: Sight;
  tools: ToolInfo[];
  /** Whether the message speaks of code that is there already. */
  speaksOfCode: boolean;
  /** Whether there is such a file in the project. */
  exists(path: string): boolean;
}

/** `… if it's fine save it`, `save it once the tests are there`. */
const SAVES = "(?:save|store|write|put|keep|export|dump)";
const WAITS = new RegExp(
  `\\b(?:if|once|when|as soon as|unless|provided|assuming)\\b[^.;!?]{1,60}\\b${SAVES}\\b|\\b${SAVES}\\b[^;!?]{1,80}\\b(?:only )?(?:if|once|when|as soon as|unless|provided) (?:it|its|it's|that|that's|this|the|all|everything|there|nothing|no)\\b`,
  "i",
);
const TARGET_FIELDS = [
  "target",
  "target_path",
  "output_path",
  "file",
  "filename",
  "file_name",
  "path",
];

/** The wishes of an intent: each tool with what the message and the model say of its arguments. */
export function toWishes(intent: Intent, context: WishContext): Wish[] {
  const tools = inOrder(withWriting(intent.tools, context), context);
  return tools.flatMap((_, index) => wishesOf(tools, index, intent, context));
}

/** `tests for a.py into test_a.py` is to be written, also when the model forgot it. */
function withWriting(tools: string[], { message, exists }: WishContext): string[] {
  if (!tools.includes("generate_tests") || tools.includes("write_file")) return tools;
  const isTarget = (path: string) => isTestFile(path) && !exists(path);
  return readTargets(message.text).some(isTarget) ? [...tools, "write_file"] : tools;
}

/** The wishes of the steps that a model planned. */
export function plannedWishes(steps: RoughStep[], intent: Intent, context: WishContext): Wish[] {
  const tools = steps.map(({ tool }) => tool);
  return steps.flatMap((planned, index) =>
    wishesOf(tools, index, intent, context).map((wish) => ({ ...wish, planned }))
  );
}

function wishesOf(tools: string[], index: number, intent: Intent, context: WishContext): Wish[] {
  const name = tools[index]!;
  const before = tools.slice(0, index);
  const { sources, targets } = sortPaths(tools, intent, context);
  if (name === "write_file") {
    const writes = toWrites(before, targets, context.message);
    return WAITS.test(context.message.text)
      ? writes.map((wish): Wish => ({ ...wish, waits: true }))
      : writes;
  }
  const args = argumentsOf(name, intent, context);
  if (name === "formalize_task") return [{ tool: name, arguments: args }];
  if (name === "generate_code") {
    const on = isChange(before, context, sources);
    return [{ tool: name, ...on ? { on } : {}, arguments: args }];
  }
  const subjects = subjectsOf(name, before, sources, context);
  return subjects.map((on) => ({ tool: name, ...on ? { on } : {}, arguments: args }));
}

/** What makes something new comes first, and what writes it to a file comes last. */
function inOrder(tools: string[], { sight, speaksOfCode }: WishContext): string[] {
  const isNew = tools.includes("formalize_task");
  const changes = !isNew &&
    (sight.code !== undefined && speaksOfCode || tools[0] === "review_code");
  const rank = (name: string) => {
    if (name === "formalize_task") return 0;
    if (name === "generate_code") return changes ? 2 : 1;
    return name === "write_file" ? 3 : 2;
  };
  return tools.toSorted((a, b) => rank(a) - rank(b));
}

/** Files that are read, and files that are written. */
function sortPaths(
  tools: string[],
  { parameters }: Intent,
  { message, exists }: WishContext,
): { sources: string[]; targets: string[] } {
  const said = findPaths(message.text);
  const given = TARGET_FIELDS.flatMap((field) => {
    const value = Object.hasOwn(parameters, field) ? parameters[field] : undefined;
    return typeof value === "string" ? findPaths(value) : [];
  }).filter((path) => said.length === 0 || said.includes(path));
  const all = [...new Set([...said, ...given])];
  const writes = tools.includes("write_file");
  const named = writes ? readTargets(message.text) : [];
  const isNew = (path: string) =>
    writes && !exists(path) && (tools[0] === "generate_code" || all.length > 1);
  const targets = all.filter((path) => named.includes(path) || isNew(path));
  return { sources: all.filter((path) => !targets.includes(path)), targets };
}

/** New code is made from words; code that is there is changed by them. */
function isChange(
  before: string[],
  { sight, speaksOfCode, exists }: WishContext,
  sources: string[],
): Subject | undefined {
  const [path] = sources;
  if (before.includes("formalize_task")) return undefined;
  if (path !== undefined && exists(path)) return { path };
  const isMade = before.some((tool) => tool === "generate_code" || tool === "format_code");
  return sight.code && (isMade || speaksOfCode) ? { of: "code" } : undefined;
}

function subjectsOf(
  name: string,
  before: string[],
  sources: string[],
  { tools }: WishContext,
): (Subject | undefined)[] {
  const tool = tools.find((one) => one.name === name);
  const fields = propertiesOf(tool?.inputSchema ?? {});
  if (tool?.server !== "devmcp") {
    return ["code" in fields && before.length > 0 ? { of: "code" } : undefined];
  }
  const isNew = before.includes("generate_code");
  return sources.length === 0 || isNew ? [{ of: "code" }] : sources.map((path) => ({ path }));
}

/** What is saved is what the steps before made last; tests go to files of tests. */
function toWrites(before: string[], targets: string[], { text }: Message): Wish[] {
  const makesCode = before.some((tool) => tool === "generate_code" || tool === "format_code");
  const makesTests = before.includes("generate_tests");
  const ofTests =
    /\b(?:save|store|write|put|keep|drop|stash|dump|export)\b.{0,20}\b(?:the|those|these|its|all|unit) tests?\b/i
      .test(text);
  const subjectFor = (path?: string): Subject => {
    const isTests = makesTests &&
      (!makesCode && !before.includes("review_code") || ofTests && targets.length < 2 ||
        path !== undefined && isTestFile(path));
    if (isTests) return { of: "tests" };
    return before.includes("review_code") && !makesCode ? { of: "mended" } : { of: "code" };
  };
  if (targets.length === 0) return [{ tool: "write_file", on: subjectFor(), arguments: {} }];
  return targets.slice(0, 4).map((path) => ({
    tool: "write_file",
    on: subjectFor(path),
    arguments: { path },
  }));
}

/** The model's words for what takes words, the program's own reading for what is a choice. */
function argumentsOf(
  name: string,
  intent: Intent,
  { message, tools }: WishContext,
): Record<string, unknown> {
  const { parameters, goal } = intent;
  const isOnly = intent.tools.length === 1;
  const language = readLanguage(message.text) ?? parameters.language;
  if (name === "generate_code") {
    const description = isOnly ? message.text : parameters.description ?? goal;
    return {
      description: withAnswers(String(description), intent),
      ...language ? { language } : {},
    };
  }
  if (name === "formalize_task") {
    return { informal_request: isOnly ? message.text : parameters.informal_request ?? goal };
  }
  const found: Record<string, unknown> = {
    test_framework: readFramework(message.text),
    formatter: readFormatter(message.text),
    focus_areas: readFocus(message.text),
  };
  const fields = propertiesOf(tools.find((tool) => tool.name === name)?.inputSchema ?? {});
  return Object.fromEntries(
    Object.entries(found).filter(([field, value]) =>
      field in fields && value !== undefined && !(Array.isArray(value) && value.length === 0)
    ),
  );
}

/** What the person answered to questions belongs to what they want. */
function withAnswers(description: string, { goal }: Intent): string {
  const at = goal.indexOf(ANSWERS);
  return at < 0 || description.includes(ANSWERS) ? description : description + goal.slice(at);
}
