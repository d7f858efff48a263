import { atMost } from "../../config/at_most.ts";
import type { Call } from "../../sessions/session.ts";
import { addNotice } from "../add_notice.ts";
import { askPerson, mustAsk, type WantedCall } from "./approve.ts";
import { callTool } from "./call_tool.ts";
import { changeOf, isSame } from "./file_change.ts";
import type { ToolResult } from "./toolbox.ts";
import type { TurnState } from "../turn_state.ts";

/** What became of a wanted call. */
export interface CallEnd {
  status: Call["status"];
  text: string;
  /** What succeeded. */
  result?: ToolResult;
  /** Why the person refused it, in their words. */
  reason?: string;
}

/** How often a file may change while the person looks at the difference. */
const MOST_ROUNDS = 3;
/** That a tool which was stopped is given to finish what it writes: milliseconds. */
const LAST_WRITES_MS = 1_000;

/**
 * Makes a call, if the person does not have to agree or does. Before a tool of ours writes, they see
 * what would change; what it changes is kept for `/undo`.
 *
 * @throws the reason of the turn's signal
 */
export async function makeCall(wanted: WantedCall, state: TurnState): Promise<CallEnd> {
  const ask = await mustAsk(wanted, state);
  if (typeof ask === "string") return { status: "refused", text: `Not run: ${ask}` };
  if (wanted.tool.effect === "writes") return await writeFile(wanted, ask, state);
  if (ask) {
    const permission = await askPerson(wanted, state);
    if (permission.kind === "refused") return { ...permission, status: "refused" };
  }
  return endOf(await callTool(wanted, state));
}

function endOf(result: ToolResult): CallEnd {
  const { ok, text } = result;
  return ok ? { status: "done", text, result } : { status: "failed", text };
}

/** What is written is what was shown: a file that changes meanwhile is shown again. */
async function writeFile(wanted: WantedCall, ask: boolean, state: TurnState): Promise<CallEnd> {
  const look = () => snapshotOf(wanted, state);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = await look();
    const shown = ask ? await showAndAsk(wanted, state) : undefined;
    if (shown?.end) return shown.end;
    const now = ask ? await look() : before;
    if (before && now && !isSame(before, now)) {
      addNotice(`${before.path} was changed meanwhile; see what would change now`, state);
      continue;
    }
    return withoutDiff(await writeNow(wanted, before, state), shown?.diff);
  }
  return { status: "failed", text: "Cannot write: the file changes all the time" };
}

/** With an end it is not to be written; else the difference is what the person has seen. */
async function showAndAsk(
  wanted: WantedCall,
  state: TurnState,
): Promise<{ end?: CallEnd; diff?: string }> {
  const dryRun = { ...wanted, arguments: { ...wanted.arguments, dry_run: true } };
  const preview = await callTool(dryRun, state);
  if (!preview.ok || preview.data?.changed === false) return { end: endOf(preview) };
  const difference = preview.data?.diff;
  const shown = typeof difference === "string" ? { diff: difference } : {};
  const permission = await askPerson({ ...wanted, ...shown }, state);
  return permission.kind === "run" ? shown : { end: { ...permission, status: "refused" } };
}

/** What the person has just seen is not shown again, but how much it was. */
function withoutDiff(end: CallEnd, diff: string | undefined): CallEnd {
  const [line = "", ...rest] = end.text.split(/\n\n`{3,}diff\n/);
  if (!end.result || diff === undefined || rest.length === 0) return end;
  if (/\n… \d+ more lines\n$/.test(diff)) return { ...end, text: line };
  const lines = diff.slice(diff.indexOf("\n@@")).split("\n");
  const count = (sign: string) => lines.filter((one) => one.startsWith(sign)).length;
  return { ...end, text: `${line} +${count("+")} −${count("-")} lines.` };
}

type Snapshot = Awaited<ReturnType<typeof snapshotOf>>;

async function writeNow(
  wanted: WantedCall,
  before: Snapshot,
  state: TurnState,
): Promise<CallEnd> {
  let work: Promise<unknown> = Promise.resolve();
  try {
    return endOf(await callTool(wanted, state, { onCalled: (called) => work = called }));
  } finally {
    await settled(work);
    keepChange(before, await snapshotOf(wanted, state), state);
  }
}

/** Waits for a tool that was stopped while it wrote, but not for ever. */
async function settled(work: Promise<unknown>): Promise<void> {
  await atMost(LAST_WRITES_MS, work).catch(() => {});
}

function keepChange(before: Snapshot, after: Snapshot, state: TurnState): void {
  const change = before && after && changeOf(before, after);
  if (typeof change === "string") addNotice(change, state);
  else if (change) state.turn.changes.push(change);
}

/** Undefined where no file can be looked at; the tool itself says why. */
function snapshotOf({ arguments: { path } }: WantedCall, { world }: TurnState) {
  if (typeof path !== "string") return Promise.resolve(undefined);
  return world.files.snapshot(path).catch(() => undefined);
}
