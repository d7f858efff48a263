import { hideCredentials } from "../../config/hide_credentials.ts";
import { oneLine } from "../../config/one_line.ts";
import { CallFault, faultOfText } from "./call_fault.ts";
import { readText } from "./line_reader.ts";
import type { ModelFault } from "../model_error.ts";

/** Longer explanations are not read to their end. */
const MAX_BYTES = 64 * 1024;

const STATUSES: Record<number, [ModelFault, string]> = {
  401: ["unauthorized", "the server wants a key"],
  403: ["unauthorized", "the server refuses the key"],
  404: ["protocol", "the server does not know the path"],
  405: ["protocol", "the server does not know the path"],
  408: ["timeout", "the server gave up waiting"],
  413: ["too_long", "the request is too large for the server"],
  429: ["busy", "the server gets too many requests"],
  502: ["unreachable", "the model's server does not run"],
  503: ["busy", "the server is busy"],
  504: ["timeout", "the server gave up waiting"],
};

/** What a response that is not 2xx says is wrong; its body is read as far as it matters. */
export async function faultOfResponse(response: Response): Promise<CallFault> {
  const fault = await readFault(response);
  fault.status = response.status;
  return fault;
}

async function readFault(response: Response): Promise<CallFault> {
  if (response.status >= 300 && response.status < 400) return redirected(response);
  const text = await readReason(response);
  const known = STATUSES[response.status];
  const told = faultOfText(text, known?.[0]);
  // What the server says is more exact than its status, but a key that is refused is just that.
  if (told.fault !== (known?.[0] ?? "failed") && known?.[0] !== "unauthorized") return told;
  const failed = response.status < 500 ? "the server refuses the request" : "the server failed";
  const state = known?.[1] ?? (told.hint ? told.message : failed);
  const reason = told.hint || text === "" ? "" : `: ${oneLine(text)}`;
  const wait = retryAfter(response);
  return new CallFault(
    known?.[0] ?? "failed",
    `${state} (${response.status})${reason}`,
    wait ? `try again in ${wait}` : told.hint,
  );
}

function redirected(response: Response): CallFault {
  response.body?.cancel().catch(() => {});
  const location = response.headers.get("location");
  const target = location ? URL.parse(location, response.url || undefined) : null;
  const to = target ? ` to ${oneLine(hideCredentials(target.href))}` : "";
  return new CallFault(
    "protocol",
    `the server redirects${to} (${response.status}), which is not followed`,
    "configure the URL where the server really is",
  );
}

async function readReason(response: Response): Promise<string> {
  let text: string;
  try {
    text = await readText(response.body, MAX_BYTES);
  } catch {
    return "";
  }
  return reasonOf(text) ?? (/^\s*</.test(text) ? "" : text);
}

/** The words in the error objects of Ollama, OpenAI's peers and FastAPI. */
function reasonOf(text: string): string | undefined {
  try {
    return errorText(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * The words of an error that a server sends as JSON: `{error}`, `{error: {message}}`, `{detail}` or
 * `{message}`. Undefined when it is none of these.
 */
function errorText(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const key of ["error", "detail", "message"]) {
    const found = (value as Record<string, unknown>)[key];
    if (typeof found === "string") return found;
    if (typeof found === "object" && found !== null) return messageIn(found);
  }
  return undefined;
}

/**
 * A parsed answer that is no error; errors may come with status 200, at the beginning or in the middle.
 *
 * @throws {CallFault} with the server's words
 */
export function checkError(value: unknown): unknown {
  const error = typeof value === "object" && value !== null && "error" in value && value.error;
  if (error) throw faultOfText(errorText(value) ?? JSON.stringify(error));
  return value;
}

function messageIn(error: object): string {
  const { message } = error as { message?: unknown };
  return typeof message === "string" ? message : JSON.stringify(error);
}

function retryAfter(response: Response): string | undefined {
  const value = response.headers.get("retry-after")?.trim();
  return value && /^\d{1,6}$/.test(value) ? `${Number(value)} s` : undefined;
}
