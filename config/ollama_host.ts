import { showValue } from "./check_value.ts";
import { serverUrl } from "./server_url.ts";
import { ToolError } from "./tool_error.ts";

/**
 * The URL that Ollama's own programs take a value of OLLAMA_HOST for.
 *
 * @param shown how a message names it. @default itself, without credentials
 * @throws {ToolError} when it names no host and port
 */
export function ollamaUrl(text: string, shown = showValue(text)): string {
  const url = serverUrl(text);
  if (url) return url.href.replace(/\/+$/, "");
  throw new ToolError(`Cannot use OLLAMA_HOST: ${shown} is no address of a server`, {
    hint: "set it to something like 127.0.0.1:11434, or unset it",
  });
}
