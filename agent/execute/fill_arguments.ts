import type { PlanStep } from "../../sessions/session.ts";
import { applyPreferences } from "../preferences/apply_preferences.ts";
import { askMissing } from "./ask_missing.ts";
import { askArguments, type FilledArguments } from "./ask_arguments.ts";
import { checkAgainstSchema, type CheckedArguments } from "./check_schema.ts";
import { readMessage } from "../understand/read_message.ts";
import { readReason } from "../plan/read_reason.ts";
import { readTargets } from "../understand/read_parameters.ts";
import { findPaths } from "../understand/read_subjects.ts";
import { referenceScope } from "../plan/reference_scope.ts";
import { reasonIn } from "../plan/refusal_problem.ts";
import { resolveReferences } from "../plan/references.ts";
import { propertiesOf, requiredOf } from "./schema_fields.ts";
import type { ToolInfo, ToolResult } from "./toolbox.ts";
import type { TurnState } from "../turn_state.ts";

/** What the parts of this work share. */
interface Filling {
  step: PlanStep;
  tool: ToolInfo;
  state: TurnState;
  results: ReadonlyMap<string, ToolResult>;
}

/**
 * The arguments of a step's call: references resolved, what is missing taken from what was said and from
 * earlier results; only what then is missing or wrong is asked of the chat model, for that tool alone.
 *
 * @param problem what the tool said when a call with these arguments failed
 * @throws {BudgetError} and the reason of the turn's signal
 */
export async function fillArguments(
  step: PlanStep,
  state: TurnState,
  results: ReadonlyMap<string, ToolResult>,
  problem?: string,
): Promise<FilledArguments> {
  const tool = state.world.toolbox.list().find(({ name }) => name === step.tool);
  if (!tool) return { ok: false, problem: `Cannot call "${step.tool}": no such tool` };
  const filling = { step, tool, state, results };
  const { args, unresolved } = await resolveEach(step.arguments, filling);
  // What our own tools work on was decided with the plan: without it there is nothing to do.
  if (unresolved !== undefined && tool.server === "devmcp") {
    return { ok: false, problem: unresolved };
  }
  const known = await fillKnown(args, filling);
  const mended = problem === undefined ? known : mendPlainly(known, tool, problem);
  const checked = checkAgainstSchema(mended, tool.inputSchema);
  const isMended = mended !== known;
  const wanted = fieldsToAsk(checked, filling, isMended ? undefined : problem);
  if (wanted.length === 0) return finish(checked, problem, isMended);
  return await askAndCheck({ checked, wanted, problem: problem ?? unresolved }, filling);
}

/** Each argument on its own: one that cannot be resolved is filled in another way. */
async function resolveEach(
  given: Record<string, unknown>,
  { state, results }: Filling,
): Promise<{ args: Record<string, unknown>; unresolved?: string }> {
  const scope = await referenceScope(given, state, results);
  const args: Record<string, unknown> = {};
  let unresolved: string | undefined;
  for (const [field, value] of Object.entries(given)) {
    const resolved = resolveReferences({ value }, scope);
    if (resolved.ok) args[field] = resolved.value.value;
    else unresolved ??= resolved.problem;
  }
  return { args, unresolved };
}

/** Values that fields get without a model, tried in order. */
async function fillKnown(
  given: Record<string, unknown>,
  filling: Filling,
): Promise<Record<string, unknown>> {
  const { tool, state } = filling;
  const required = requiredOf(tool.inputSchema);
  const args: Record<string, unknown> = { ...given };
  for (const field of Object.keys(propertiesOf(tool.inputSchema))) {
    if (args[field] !== undefined) continue;
    const value = fromIntent(field, args, filling) ??
      (required.includes(field) ? await fromElsewhere(field, filling) : undefined);
    if (value !== undefined) args[field] = value;
  }
  return applyPreferences(tool.name, args, state.world.preferences);
}

/** What our own tools take instead of each other. */
const INSTEAD: Record<string, string> = { path: "code", code: "path" };
/** A text that a model wrote into a list of values is not the code that was spoken of. */
const NEVER_SAID = new Set(["code", "content", "dry_run"]);

function fromIntent(
  field: string,
  args: Record<string, unknown>,
  { state, tool }: Filling,
): unknown {
  const parameters = state.turn.intent?.parameters ?? {};
  if (!Object.hasOwn(parameters, field)) return undefined;
  if (tool.server !== "devmcp") return parameters[field];
  if (NEVER_SAID.has(field) || args[INSTEAD[field] ?? ""] !== undefined) return undefined;
  // What was said of another tool's argument may not fit this one's.
  const { wrong } = checkAgainstSchema({ [field]: parameters[field] }, tool.inputSchema);
  return wrong.length > 0 ? undefined : parameters[field];
}

/** A result's field of that name, a path that was said, the person's own words. */
async function fromElsewhere(
  field: string,
  { step, state, results, tool }: Filling,
): Promise<unknown> {
  for (const need of step.needs.toReversed()) {
    const data = results.get(need)?.data;
    if (data && Object.hasOwn(data, field)) return data[field];
  }
  if (tool.server !== "devmcp") return undefined;
  if (field === "description" || field === "informal_request") return state.input;
  if (field === "path") return readTargets(state.input)[0] ?? findPaths(state.input)[0];
  if (field !== "code" && field !== "content") return undefined;
  const { last } = state.session;
  return await Promise.resolve(readMessage(state.input).code?.text ?? last.code?.text);
}

/** The person says another file, or the tool what to set: `set \`test_framework\` to go test`. */
function mendPlainly(
  args: Record<string, unknown>,
  { inputSchema, server, effect }: ToolInfo,
  problem: string,
): Record<string, unknown> {
  const reason = readReason(reasonIn(problem) ?? "");
  const isOwnWriting = server === "devmcp" && effect === "writes" && "path" in args;
  if (isOwnWriting && reason.kind === "elsewhere") return { ...args, path: reason.path };
  const said = /\bset `(\w{1,60})` to (\w[\w .-]{0,60}?)(?= or |[,;.]|\s*$)/m.exec(
    problem.slice(0, 4_000),
  );
  const [, field, value] = said ?? [];
  if (server !== "devmcp" || !field || !(field in propertiesOf(inputSchema))) return args;
  return args[field] === value ? args : { ...args, [field]: value };
}

/** Problems that other arguments may solve. */
const ABOUT_ARGUMENTS =
  /argument|parameter|field|expected|missing|required|invalid|must |unknown|no such|not found|does not exist|schema|format|type|range|`\w+`/i;

const NO_FILE = /\bno such file\b|\bis a folder\b/;

function fieldsToAsk(
  { missing, wrong }: CheckedArguments,
  { tool, step }: Filling,
  problem: string | undefined,
): string[] {
  const open = [...missing, ...wrong.map(({ field }) => field)];
  // To read another file than the one that was spoken of is not what was asked for.
  const isOwnReading = tool.server === "devmcp" && tool.effect === "free";
  if (isOwnReading && NO_FILE.test(problem ?? "")) return [...new Set(open)];
  if (problem === undefined || !ABOUT_ARGUMENTS.test(problem.slice(0, 4_000))) {
    return [...new Set(open)];
  }
  // Texts from earlier steps stay: code does not travel inside JSON.
  const isKept = (field: string) => NEVER_SAID.has(field) || isReference(step.arguments[field]);
  return Object.keys(propertiesOf(tool.inputSchema)).filter((field) =>
    !isKept(field) || open.includes(field)
  )
    .slice(0, 24);
}

function isReference(value: unknown): boolean {
  return typeof value === "string" && /\{\{|\{prev_result\}/.test(value);
}

function finish(
  { arguments: args }: CheckedArguments,
  problem: string | undefined,
  isMended: boolean,
): FilledArguments {
  if (problem !== undefined && !isMended) return { ok: false, problem };
  return { ok: true, arguments: args };
}

interface Asking {
  checked: CheckedArguments;
  wanted: string[];
  problem: string | undefined;
}

async function askAndCheck(asking: Asking, filling: Filling): Promise<FilledArguments> {
  const { checked, wanted } = asking;
  const { tool, state } = filling;
  const said = problemsOf(asking);
  const answer = await askArguments({
    ...filling,
    given: checked.arguments,
    wanted,
    problem: said,
  });
  if (!answer.ok && checked.missing.length === 0) {
    return { ok: false, problem: `Cannot call "${tool.name}": ${said}; ${answer.problem}` };
  }
  const { args } = await resolveEach(answer.ok ? answer.arguments : {}, filling);
  const kept = Object.entries(args).filter(([field]) => wanted.includes(field));
  const again = await checkWithPerson(
    { ...checked.arguments, ...Object.fromEntries(kept) },
    filling,
  );
  if (again.missing.length === 0 && again.wrong.length === 0) {
    return {
      ok: true,
      arguments: applyPreferences(tool.name, again.arguments, state.world.preferences),
    };
  }
  return {
    ok: false,
    problem: `Cannot call "${tool.name}": ${problemsOf({ ...asking, checked: again })}`,
  };
}

/** What is required and nobody has said is asked of the person. */
async function checkWithPerson(
  args: Record<string, unknown>,
  { tool, state }: Filling,
): Promise<CheckedArguments> {
  const checked = checkAgainstSchema(args, tool.inputSchema);
  if (checked.missing.length === 0) return checked;
  const said = await askMissing(checked.missing, tool, state);
  return checkAgainstSchema({ ...args, ...said }, tool.inputSchema);
}

function problemsOf({ checked: { missing, wrong }, problem }: Asking): string {
  const open = [
    ...missing.slice(0, 10).map((field) => `\`${field}\` is missing`),
    ...wrong.map(({ field, problem }) => `\`${field}\`: ${problem}`),
  ];
  return [...open, ...open.length === 0 && problem ? [problem] : []].join("; ").slice(0, 1_000);
}
