import { deepEqual, throws } from "node:assert/strict";
import { readEnvironment } from "./environment.ts";

function read(values: Record<string, string>): [string, unknown, string][] {
  return readEnvironment((name) => values[name])
    .map(({ key, value, variable }) => [key, value, variable]);
}

Deno.test("readEnvironment() reads what is set, the special before the general", () => {
  deepEqual(read({}), []);
  deepEqual(read({ OLLAMA_HOST: " ", MODEL_TIMEOUT_SECONDS: "" }), []);
  deepEqual(read({ MODEL_TIMEOUT_SECONDS: "0.5", DEVMCP_CHAT_MODEL: "m" }), [
    ["model.timeout_seconds", 0.5, "MODEL_TIMEOUT_SECONDS"],
    ["model.chat.model", "m", "DEVMCP_CHAT_MODEL"],
  ]);
  deepEqual(read({ OLLAMA_HOST: "a,b:1", STARCODER_ENDPOINT: "http://c" }), [
    ["model.chat.endpoints", ["http://a:11434", "http://b:1"], "OLLAMA_HOST"],
    ["model.chat.kind", "ollama", "OLLAMA_HOST"],
    ["model.code.endpoints", ["http://c"], "STARCODER_ENDPOINT"],
    ["model.code.kind", "auto", "STARCODER_ENDPOINT"],
  ]);
});

Deno.test("readEnvironment() lets addresses decide how they are spoken to, whatever a file names", () => {
  for (const addresses of [["http://a/v1", "http://b/chat/"], ["http://a/v1", "http://b:1"]]) {
    deepEqual(read({ MISTRAL_ENDPOINT: addresses.join() }), [
      ["model.chat.endpoints", addresses, "MISTRAL_ENDPOINT"],
      ["model.chat.kind", "auto", "MISTRAL_ENDPOINT"],
    ]);
  }
});

Deno.test("readEnvironment() names the variable that is wrong", () => {
  for (const text of ["0", "-1", "soon", "NaN", "60s"]) {
    throws(() => read({ MODEL_TIMEOUT_SECONDS: text }), {
      name: "ToolError",
      message: `Cannot use MODEL_TIMEOUT_SECONDS: it must be a number above 0, at most 86400, ` +
        `not "${text}"`,
      hint: "correct or unset MODEL_TIMEOUT_SECONDS, which stands for model.timeout_seconds",
    });
  }
});

Deno.test("readEnvironment() says which address of OLLAMA_HOST is wrong, and no password", () => {
  const table = [
    ["gpu:x", '"gpu:x"'],
    ["a,gpu:x", 'entry 2 of "a,gpu:x"'],
    ["http://u:pass,word@gpu", 'entry 1 of "http://***@gpu"'],
  ];
  for (const [text, shown] of table) {
    throws(() => read({ OLLAMA_HOST: text! }), {
      message: `Cannot use OLLAMA_HOST: ${shown} is no address of a server`,
    });
  }
});
