import type { ToolEntry } from "../tools/mod.ts";
import { BusyError } from "./call_gate.ts";
import type { CallOutcome } from "./call_tool.ts";
import type { Round } from "./call_round.ts";
import { noteRefusal } from "./late_refusals.ts";
import { mayAskModel } from "./limits/may_ask_model.ts";
import { recordOf } from "./observe.ts";
import { createReport } from "./report_progress.ts";
import { DeadlineError, withDeadline } from "./with_deadline.ts";

/** Calls a round's tool, when it is its turn and for no longer than it may. */
export async function runCall(round: Round, root: string | undefined): Promise<CallOutcome> {
  const { tool, args, options: { gate, caller }, ctx: { mcpReq } } = round;
  const call = () => callInTime(round, root);
  if (!gate) return await call();
  try {
    return await gate.run(caller.principal, mcpReq.signal, call, gate.laneOf(tool.name, args));
  } catch (error) {
    if (error instanceof BusyError) noteRefusal(round.ctx.http?.req, error);
    throw error;
  }
}

async function callInTime(round: Round, root: string | undefined): Promise<CallOutcome> {
  const { tool, args, ctx, options: { callTool, limits = {} } } = round;
  const { callSeconds = 60, modelSeconds = 300 } = limits;
  const mayAsk = mayAskModel(tool, args);
  const seconds = mayAsk ? Math.max(callSeconds, modelSeconds) : callSeconds;
  try {
    return await withDeadline(ctx.mcpReq.signal, seconds, (limited) =>
      callTool(tool.name, args, {
        ...capabilitiesOf(round),
        root,
        get signal() {
          return limited.signal;
        },
      }));
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    recordOf(ctx).outcome = "timeout";
    return tookTooLong(tool, seconds, mayAsk);
  }
}

function tookTooLong({ name }: ToolEntry, seconds: number, mayAsk: boolean): CallOutcome {
  const limit = `server.limits.call_seconds${mayAsk ? " or model.timeout_seconds" : ""}`;
  return {
    ok: false,
    message: `Cannot finish "${name}": it took more than ${seconds} s`,
    hint: `give it less to do at once, or raise ${limit}`,
  };
}

/** What a call may use of its client. */
function capabilitiesOf({ tool, args, ctx, client, state, options }: Round) {
  const { mcpReq } = ctx;
  const { log, emit } = options;
  const requestId = recordOf(ctx).id;
  const mayAsk = tool.asksModel === "always" || args.model === "require";
  return {
    progress: createReport(mcpReq._meta?.progressToken, (params) => {
      state.progress = params.progress;
      mcpReq.notify({ method: "notifications/progress", params }).catch(() => {});
    }, { above: state.progress }),
    log: (level: Parameters<typeof log>[0], message: string) => {
      log(level, `${tool.name}: ${message}`);
      mcpReq.log(level, message, tool.name).catch(() => {});
    },
    clientModel: client.sampling && tool.asksModel && mayAsk ? state.answers ?? {} : undefined,
    emit: emit &&
      ((event: Parameters<typeof emit>[0] & { type: "model" }) => emit({ ...event, requestId })),
    client: { request: ctx, answers: mcpReq.inputResponses ?? {}, state: state.own },
  };
}
