/** The server of both roles, as Ollama's own programs take it. */
export const OLLAMA_HOST = "OLLAMA_HOST";

/** Variables that stand for one key each. */
export const VARIABLES: readonly (readonly [variable: string, key: string])[] = [
  ["MODEL_TIMEOUT_SECONDS", "model.timeout_seconds"],
  ["STARCODER_ENDPOINT", "model.code.endpoints"],
  ["MISTRAL_ENDPOINT", "model.chat.endpoints"],
  ["DEVMCP_CODE_MODEL", "model.code.model"],
  ["DEVMCP_CHAT_MODEL", "model.chat.model"],
];
