import type { Engines } from "../../analysis/engines.ts";
import type { Models } from "../../models/chat_model.ts";
import type { ToolCallOutcome } from "../../server/call_tool.ts";
import { internalError, runTool } from "../../tools/run_tool.ts";
import type { ToolEntry } from "../../tools/mod.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { guardConsole } from "../../server/guard_console.ts";
import {
  type CallMessage,
  type CallOrder,
  type CallReport,
  claim,
  type Claims,
} from "../calls/call_order.ts";
import type { Capabilities } from "../capabilities.ts";
import { NeedsAnswer, withClientModel } from "../calls/client_models.ts";
import { configured } from "../configured.ts";
import { observedModels } from "../observed_models.ts";

/** A worker's end of the channel to the thread that started it. */
export interface CallPort {
  onmessage: ((event: MessageEvent<CallMessage>) => void) | null;
  postMessage(report: CallReport): void;
}

export interface CallHost {
  tools: ToolEntry[];
  engines: Engines;
  env(name: string): string | undefined;
  openWorkspace(root: string): Workspace;
  createCapabilities(root: string): Capabilities;
  /** Whether a call has left nothing to make others with. @default never */
  isSpent?(): boolean;
}

/** The name of workers that answer tool calls. */
export const CALLS = "calls";

/** Workspaces whose configuration and models are kept; the one that was used longest ago goes. */
const MOST_ROOTS = 8;

/** Answers the calls that arrive at `port`, one at a time, as `call_worker.ts` sends them. */
export function serveCalls(port: CallPort, host: CallHost): void {
  guardConsole();
  const capabilitiesAt = byRoot(host);
  const orders: CallOrder[] = [];
  let claims: Claims;
  let current: { number: number; controller: AbortController } | undefined;

  async function work(): Promise<void> {
    for (let order; (order = orders.shift());) {
      if (!claim(claims, order)) continue; // it was taken back
      const controller = new AbortController();
      current = { number: order.number, controller };
      const world = { ...host, ...capabilitiesAt(order.root) };
      const outcome = await answer(order, port, world, controller);
      // Nothing is begun any more: `current` stays.
      if (host.isSpent?.()) return port.postMessage({ outcome, isLast: true });
      port.postMessage({ outcome });
    }
    current = undefined;
  }

  port.onmessage = ({ data }) => {
    if ("claims" in data) claims = data.claims;
    else if ("abort" in data) {
      if (data.abort === current?.number) current.controller.abort();
    } else {
      orders.push(data.order);
      if (!current) void work();
    }
  };
}

function byRoot(host: CallHost): (root: string) => Capabilities {
  const kept = new Map<string, Capabilities>();
  return (root) => {
    const found = kept.get(root) ?? host.createCapabilities(root);
    kept.delete(root);
    kept.set(root, found);
    if (kept.size > MOST_ROOTS) kept.delete(kept.keys().next().value!);
    return found;
  };
}

async function answer(
  { name, args, root, ...order }: CallOrder,
  port: CallPort,
  host: CallHost & Capabilities,
  controller: AbortController,
): Promise<ToolCallOutcome | null> {
  const { tools, engines, openWorkspace, prompts, cache } = host;
  const { signal } = controller;
  let workspace: Workspace | undefined;
  const readConfig = async () => (await configured({ ...host, cwd: root }))?.values;
  try {
    const tool = await tools.find((entry) => entry.name === name)!.load();
    return await runTool(tool, args, {
      signal,
      progress: (...progress) => port.postMessage({ progress }),
      log: (...log) => port.postMessage({ log }),
      engines,
      // Only where it is used: to open it takes longer than a short call.
      get workspace() {
        return workspace ??= openWorkspace(root);
      },
      models: modelsFor(order, port, host, controller),
      prompts,
      cache,
    }, readConfig);
  } catch (error) {
    return signal.aborted ? endOf(name, signal) : internalError(name, error);
  }
}

function modelsFor(
  { clientModel, observed }: Pick<CallOrder, "clientModel" | "observed">,
  port: CallPort,
  { models }: Capabilities,
  controller: AbortController,
): Models {
  const all = clientModel
    ? withClientModel(models, clientModel, (reason) => controller.abort(reason))
    : models;
  return observed ? observedModels(all, (model) => port.postMessage({ model })) : all;
}

/** Null for a call that nobody wants any more. */
function endOf(name: string, { reason }: AbortSignal): ToolCallOutcome | null {
  if (!(reason instanceof NeedsAnswer)) return null;
  return { ok: false, message: `Cannot finish "${name}": no model`, needs: reason.question };
}
