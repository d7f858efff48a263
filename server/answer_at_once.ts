import {
  type Implementation,
  type JSONRPCRequest,
  type JSONRPCResultResponse,
  type Server,
  SERVER_INFO_META_KEY,
} from "@modelcontextprotocol/server";
import { isObject } from "../config/is_object.ts";
import { mayCall } from "./access/scope_for.ts";
import type { Caller } from "./caller.ts";
import { finishResult } from "./finish_result.ts";
import { hasOnly } from "./has_only.ts";
import type { KnownClient } from "./known_client.ts";
import type { McpServerOptions } from "./mcp_options.ts";
import { type Observed, tellAnswered } from "./observe.ts";

/**
 * The answer to a request, where it can be given at once; undefined for all others.
 *
 * @param http what brought it
 */
export type AnswerAtOnce = (
  request: JSONRPCRequest,
  http?: Request,
) => JSONRPCResultResponse | undefined;

/** A server that may have a short way, which transports ask first. */
export type ShortWayServer = Server & { answerAtOnce?: AnswerAtOnce };

export interface AnswerAtOnceOptions
  extends Pick<McpServerOptions, "tools" | "callInstant" | "gate" | "limits" | "results"> {
  caller: Caller;
  client: Pick<KnownClient, "isKnown" | "isModern">;
  /** What answers say of the server since 2026-07-28. */
  serverInfo: Implementation;
  /** Told of what is answered. @default nobody */
  observed?: Observed;
}

/**
 * The short way of a call. The SDK's, with its promises, signals and schemas, takes several times as long as
 * an instant tool does. Only a call that can end in one way takes this one: of an instant tool, plain,
 * from a client that is known, allowed, within the limits, and good. Every other goes the long way as
 * if nothing had been tried, which changes nothing: such tools only look something up.
 */
export function createAnswerAtOnce(options: AnswerAtOnceOptions): AnswerAtOnce {
  const { caller, client, callInstant, gate, observed } = options;
  const ofServer = { [SERVER_INFO_META_KEY]: options.serverInfo };
  const tools = new Map(
    options.tools.filter(({ instant }) => instant).map((tool) => [tool.name, tool]),
  );
  return (request, http) => {
    const { id, method, params } = request;
    if (method !== "tools/call" || !isPlain(params) || !client.isKnown(params._meta)) return;
    const started = performance.now();
    const tool = tools.get(params.name);
    if (!tool || !mayCall(caller.principal, tool) || gate?.refusal(caller.principal)) return;
    const outcome = callInstant?.(tool.name, params.arguments ?? {});
    if (!outcome?.ok) return;
    const result = finishResult(tool.name, outcome, options);
    if (result.isError) return;
    gate?.count(caller.principal);
    if (observed) tellAnswered(request, observed, { started, http });
    if (!client.isModern) return { jsonrpc: "2.0", id, result };
    const _meta = { ...result._meta, ...ofServer };
    return { jsonrpc: "2.0", id, result: { ...result, resultType: "complete", _meta } };
  };
}

interface PlainParams {
  name: string;
  arguments?: Record<string, unknown>;
  _meta?: Record<string, unknown>;
}

const KNOWN = new Set(["name", "arguments", "_meta"]);

/** Whether the parameters are those of a call, and ask for nothing else. */
function isPlain(params: unknown): params is PlainParams {
  if (!isObject(params) || typeof params.name !== "string" || !hasOnly(params, KNOWN)) return false;
  const { arguments: args, _meta: meta } = params;
  return (args === undefined || isObject(args)) &&
    (meta === undefined || isObject(meta));
}
