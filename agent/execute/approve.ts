import { canonicalJson } from "../../config/canonical_json.ts";
import { hashOf } from "../../config/hash_of.ts";
import type { PlanStep } from "../../sessions/session.ts";
import type { Approval } from "../person.ts";
import type { ToolInfo } from "./toolbox.ts";
import type { TurnState } from "../turn_state.ts";

/** Whether a call may be made. */
export type Permission =
  | { kind: "run" }
  /** `reason` is the person's own, and may be empty. */
  | { kind: "refused"; text: string; reason: string };

/** A call that is asked for. */
export interface WantedCall {
  tool: ToolInfo;
  step: PlanStep;
  arguments: Record<string, unknown>;
  /** What would be written, as a unified diff. */
  diff?: string;
  /** Whether the tool is another one than when the plan was made. */
  isChanged: boolean;
}

/** Whether the person has to be asked, by the tool's effect and the mode; a text: it is refused. */
export async function mustAsk(
  { tool, isChanged }: Pick<WantedCall, "tool" | "isChanged">,
  { world }: TurnState,
): Promise<boolean | string> {
  const mode = world.settings.approve;
  if (mode === "none") return "nothing runs with --approve none";
  if (tool.effect === "free") return false;
  if (mode === "reads") return "only what reads runs with --approve reads";
  if (isChanged) return true;
  return mode === "ask" && !await world.approvals.has(approvalKey(tool));
}

/** Asks the person for a call, and remembers what they allow for good. */
export async function askPerson(
  { tool, step, arguments: args, diff }: WantedCall,
  { world, signal }: TurnState,
): Promise<Permission> {
  const request = { tool, step, arguments: args, ...diff === undefined ? {} : { diff } };
  const approval = await world.person.approve(request, signal);
  if (approval.kind === "no") return refusal(approval);
  if (approval.kind === "always") await remember(tool, world);
  return { kind: "run" };
}

function refusal({ reason }: Approval & { kind: "no" }): Permission {
  const said = reason.trim();
  return { kind: "refused", reason: said, text: said ? `Refused: ${said}` : "Refused" };
}

/** What cannot be kept is asked again; the call itself is allowed. */
async function remember(tool: ToolInfo, { approvals, emit }: TurnState["world"]): Promise<void> {
  await approvals.add(approvalKey(tool)).catch((error) => {
    emit({ type: "notice", text: `"always" could not be kept: ${(error as Error).message}` });
  });
}

/**
 * What is remembered of an allowed tool: of another server's also what it says of itself, so that it
 * is asked for again when that changes.
 */
export function approvalKey(tool: ToolInfo): string {
  return tool.effect === "foreign" ? `${tool.name}#${fingerprint(tool)}` : tool.name;
}

/** The same for tools that describe themselves the same. */
export function fingerprint({ description, inputSchema, effect }: ToolInfo): string {
  const text = canonicalJson({ description, inputSchema, effect });
  return hashOf(text).slice(0, 32);
}
