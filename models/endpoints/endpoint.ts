import type { RoleConfig } from "../../config/config.ts";
import { hideCredentials } from "../../config/hide_credentials.ts";
import { oneLine } from "../../config/one_line.ts";
import { serverUrl } from "../../config/server_url.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { BackendKind } from "../chat_model.ts";

/** A server of models, and how it is spoken to. */
export interface Endpoint {
  /** Its base URL, with the user's credentials if there are any, without a slash at the end. */
  url: string;
  /** The same without credentials: what may be shown. */
  shown: string;
  kind: Exclude<BackendKind, "client" | "scripted">;
}

/** Paths that people copy along with the base URL. */
const ENDINGS: Record<Endpoint["kind"], RegExp> = {
  ollama: /\/api(\/(chat|generate|tags|embed))?$/,
  openai: /\/(chat\/completions|completions|models|embeddings)$/,
  local_chat: /\/(chat|health)$/,
};
const HINT = "give a URL such as http://127.0.0.1:11434, http://127.0.0.1:8000/v1 or " +
  "http://127.0.0.1:8000/chat";

/**
 * Reads where a server is. Without a kind it is told by the URL's end: `/chat` is the older local_models
 * service, `/v1` is OpenAI-compatible, everything else is Ollama. `host`, `host:port` and `:port` are
 * taken as Ollama takes them; the address of all interfaces stands for this machine.
 *
 * @throws {ToolError} for what is no http or https URL; it never shows credentials
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseEndpoint } from "./endpoint.ts";
 *
 * assert.equal(parseEndpoint("127.0.0.1").url, "http://127.0.0.1:11434");
 * assert.equal(parseEndpoint("http://gpu:8000/v1/").kind, "openai");
 * ```
 */
export function parseEndpoint(text: string, kind: RoleConfig["kind"] = "auto"): Endpoint {
  const url = parseUrl(text.trim());
  const path = url.pathname.replace(/\/+$/, "");
  const named = kind === "auto" ? kindOfPath(path) : kind;
  url.pathname = basePath(path, named);
  return { url: textOf(url), shown: oneLine(textOf(withoutCredentials(url))), kind: named };
}

function parseUrl(text: string): URL {
  const url = serverUrl(text);
  if (!url) {
    const isOther = /^(?!https?:)[a-z][a-z0-9+.-]*:\/\//i.test(text);
    throw refuse(text, isOther ? "neither http nor https" : "not a URL");
  }
  // A key in a query would end up in logs and messages.
  if (url.search !== "") throw refuse(text, "a query is not supported");
  return url;
}

function refuse(text: string, state: string): ToolError {
  return new ToolError(`Cannot use endpoint "${oneLine(hideCredentials(text))}": ${state}`, {
    hint: HINT,
  });
}

function kindOfPath(path: string): Endpoint["kind"] {
  if (ENDINGS.ollama.test(path)) return "ollama";
  if (/\/v1(\/|$)/.test(path)) return "openai";
  return path.endsWith("/chat") ? "local_chat" : "ollama";
}

function basePath(path: string, kind: Endpoint["kind"]): string {
  const base = path.replace(ENDINGS[kind], "");
  return kind === "openai" && base === "" ? "/v1" : base;
}

function withoutCredentials(url: URL): URL {
  return Object.assign(new URL(url), { username: "", password: "" });
}

function textOf(url: URL): string {
  url.hash = "";
  return url.href.replace(/\/$/, "");
}
