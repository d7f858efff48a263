import { messageOf } from "../../config/message_of.ts";
import { oneLine } from "../../config/one_line.ts";
import type { BackendKind } from "../chat_model.ts";
import { ModelError, type ModelFault } from "../model_error.ts";
import { pullHint } from "../ollama/pull_hint.ts";

/** What is being done, for the message of what goes wrong. */
export interface About {
  /** Follows "Cannot", such as `ask "mistral" at http://127.0.0.1:11434`. */
  doing: string;
  kind: BackendKind;
  model?: string;
  /** What to do when the server does not have the model. @default by the kind: how to pull it */
  missingHint?: string;
}

/** What went wrong in a call, where it is not known yet what the call was for. */
export class CallFault extends Error {
  /** The status of the response that said so, where one did. */
  status?: number;

  /** @param state ends the message: what the server did */
  constructor(readonly fault: ModelFault, state: string, readonly hint?: string) {
    super(state);
    this.name = "CallFault";
  }
}

/** An answer that came only in part; `state` says how that was seen. */
export function cutOff(state = "the answer was cut off before its end"): CallFault {
  return new CallFault("protocol", state, "try again; if it stays so, see the server's own log");
}

/** An answer that would never end, were it read on. */
export function endless(state = "its answer does not end"): CallFault {
  return new CallFault("protocol", state, "try again, or use another model");
}

/** The error for users and tools. */
export function toModelError(fault: CallFault, about: About): ModelError {
  return new ModelError(fault.fault, `Cannot ${about.doing}: ${fault.message}`, {
    hint: fault.hint ?? hintOf(fault.fault, about),
    cause: fault,
  });
}

function hintOf(fault: ModelFault, { kind, model, missingHint }: About): string {
  if (fault === "missing" && missingHint) return missingHint;
  if (fault === "missing" && kind === "ollama" && model) {
    return pullHint(model);
  }
  if (fault === "unreachable" && kind === "ollama") {
    return 'start it with "ollama serve", then run "devmcp doctor --fix"';
  }
  return HINTS[fault];
}

const HINTS: Record<ModelFault, string> = {
  none: 'run "devmcp doctor --fix"',
  unreachable: 'start the server, then run "devmcp doctor --fix"',
  timeout: "try again, as a model is slow while it is loaded, or raise model.timeout_seconds",
  missing: 'run "devmcp models list" to see which models the server has',
  busy: "try again later",
  unauthorized: "put the server's key into the environment variable that api_key_env names",
  failed: "see the server's own log",
  protocol: 'check the URL and its kind, or run "devmcp doctor"',
  too_long: "shorten the input, or raise context_tokens as far as the model allows",
  unusable: "try again, or use another model",
};

/** States, and what to do besides starting the server, by what the system's error says. */
const LOSSES: [RegExp, string, string?][] = [
  [/connection refused|os error (111|61|10061)/i, "the connection was refused"],
  [
    /dns error|lookup|name or service not known/i,
    "there is no such host",
    'check its name; "devmcp config show" tells where it is set',
  ],
  [
    /certificate|unknownissuer|corrupt message/i,
    "no trusted TLS connection",
    "check that the address begins as the server wants it, http:// or https://, and its certificate",
  ],
  [
    /reset|broken pipe|closed|reading a body|end of file|unexpected eof/i,
    "the connection was lost",
    "the server may have crashed or run out of memory: see its own log",
  ],
];

/**
 * A connection that failed or broke, by the error of the runtime, whose text is all it tells.
 *
 * @param when such as `while it answered`, for what came after the connection
 */
export function lostConnection(error: unknown, when?: string): CallFault {
  const text = messageOf(error);
  const [, known, hint] = LOSSES.find(([pattern]) => pattern.test(text)) ?? [];
  const state = known ?? `the connection failed: ${oneLine(text.replace(/^.*\): /, ""), 120)}`;
  return new CallFault("unreachable", when ? `${state} ${when}` : state, hint);
}

const TEXTS: [RegExp, ModelFault, string, string?][] = [
  [
    /context (length|size|window)|context_length|exceed_context|input length exceeds|too many tokens/i,
    "too_long",
    "the prompt does not fit the context",
  ],
  [
    /out of memory|more system memory|not enough memory|insufficient memory|cudamalloc|unable to allocate|failed to allocate/i,
    "failed",
    "the server is out of memory",
    "use a smaller model or less context_tokens, or unload other models",
  ],
  [
    /model.{0,200}(not found|does not exist)|no such model|unknown model|manifest.{0,200}does not exist/is,
    "missing",
    "the server does not have the model",
  ],
];

/** An error that a server put into words, whatever its status. */
export function faultOfText(text: string, fault: ModelFault = "failed"): CallFault {
  const line = oneLine(text);
  const known = TEXTS.find(([pattern]) => pattern.test(text.slice(0, 2000)));
  if (!known) return new CallFault(fault, line === "" ? "the server gave no reason" : line);
  return new CallFault(known[1], line === "" ? known[2] : `${known[2]}: ${line}`, known[3]);
}
