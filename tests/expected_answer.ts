/** What JSON-RPC says is answered, decided without the server's code. */

/** The answer's id; undefined where there is none to be. */
export function expectedAnswer(line: Uint8Array): { id: string | number | null } | undefined {
  let message;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(line);
    if (text.trim() === "") return;
    message = JSON.parse(text);
  } catch {
    return { id: null };
  }
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    return { id: null };
  }
  const has = (key: string) => Object.hasOwn(message, key);
  const isValidId = typeof message.id === "string" || Number.isSafeInteger(message.id);
  const id = isValidId ? message.id : null;
  if (message.jsonrpc !== "2.0") return { id };
  if (has("method")) {
    return !has("id") && typeof message.method === "string" ? undefined : { id };
  }
  return isValidId && (has("result") || has("error")) ? undefined : { id };
}
