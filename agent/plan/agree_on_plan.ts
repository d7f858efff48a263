import { abortable } from "../../config/abortable.ts";
import { canonicalJson } from "../../config/canonical_json.ts";
import { oneLine } from "../../config/one_line.ts";
import { ModelError } from "../../models/model_error.ts";
import { errorLine } from "../execute/error_line.ts";
import { readReason } from "./read_reason.ts";
import { redirectWrite } from "../execute/redirect_write.ts";
import type { TurnParts } from "../turn_parts.ts";
import type { TurnState } from "../turn_state.ts";
import type { Understanding } from "../understand/understand.ts";

type Plan = Understanding & { kind: "plan" };

/**
 * Shows the plan where the person wants to see it before it runs. A no with a reason leads to another
 * plan, once; a second no ends the turn.
 *
 * @returns what was agreed on, or what to say instead
 */
export async function agreeOnPlan(
  understood: Understanding,
  state: TurnState,
  parts: Pick<TurnParts, "understand">,
): Promise<Understanding> {
  if (understood.kind !== "plan") return understood;
  const reason = await refusalOf(understood, false, state);
  if (reason === undefined) return understood;
  const other = await planAnew(understood, reason, state, parts);
  if (other.kind === "answer") state.turn.plan = [];
  if (other.kind !== "plan") return other;
  const again = await refusalOf(other, true, state);
  return again === undefined ? other : notRun(again);
}

/** Undefined where the plan may run. */
async function refusalOf(
  { intent, plan }: Plan,
  revised: boolean,
  { turn, world, signal }: TurnState,
): Promise<string | undefined> {
  turn.intent = intent;
  turn.plan = plan;
  world.emit({ type: "plan", steps: plan, revised });
  if (!world.settings.showPlan) return undefined;
  const approval = await world.person.confirmPlan(plan, signal);
  return approval.kind === "no" ? approval.reason : undefined;
}

/** By rules where the reason is plain, else the message is understood anew with the reason in it. */
async function planAnew(
  refused: Plan,
  reason: string,
  state: TurnState,
  { understand }: Pick<TurnParts, "understand">,
): Promise<Understanding> {
  const read = readReason(reason);
  if (read.kind === "stop") return notRun(reason);
  const plan = read.kind === "elsewhere" ? redirectWrite(refused.plan, read.path) : undefined;
  if (plan) return { ...refused, plan };
  state.input += `\n\nNot so: ${oneLine(reason, 1_000)}`;
  state.world.emit({ type: "status", text: "Revising the plan" });
  const other = await abortable(() => understand(state), state.signal);
  const why = await whyNone(other, refused, state);
  return why === undefined ? other : notRun(reason, why);
}

/** Why there is nothing to do instead. */
async function whyNone(
  other: Understanding,
  refused: Plan,
  state: TurnState,
): Promise<string | undefined> {
  switch (other.kind) {
    case "failed":
      return errorLine(other.error);
    case "said":
      return other.text.replace(/^- /, "").split("\n", 1)[0]!;
    case "answer":
      return await whyNoWords(state);
    case "plan":
      return canonicalJson(other.plan) === canonicalJson(refused.plan)
        ? await whyNoWords(state) ?? "No other plan was found"
        : undefined;
  }
}

async function whyNoWords(state: TurnState): Promise<string | undefined> {
  try {
    await state.chatModel();
    return undefined;
  } catch (error) {
    if (error instanceof ModelError) return errorLine(error);
    throw error;
  }
}

function notRun(reason: string, why = ""): Understanding {
  const said = oneLine(reason, 1_000).trim();
  const text = [`The plan was not run${said ? `: ${said}` : ""}`, why].filter(Boolean)
    .map((sentence) => `${sentence.replace(/\.$/, "")}.`).join(" ");
  return { kind: "said", text, status: "stopped" };
}
