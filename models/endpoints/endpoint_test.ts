import assert from "node:assert/strict";
import { ToolError } from "../../config/tool_error.ts";
import { parseEndpoint } from "./endpoint.ts";

const TAKEN: [string, Parameters<typeof parseEndpoint>[1], string, string][] = [
  ["http://127.0.0.1:11434", "auto", "http://127.0.0.1:11434", "ollama"],
  ["http://127.0.0.1:11434/", "auto", "http://127.0.0.1:11434", "ollama"],
  ["127.0.0.1", "auto", "http://127.0.0.1:11434", "ollama"],
  ["gpu:1234", "auto", "http://gpu:1234", "ollama"],
  ["gpu:80", "auto", "http://gpu", "ollama"],
  [":1234", "auto", "http://127.0.0.1:1234", "ollama"],
  ["0.0.0.0:11434", "auto", "http://127.0.0.1:11434", "ollama"],
  ["http://[::]:11434", "auto", "http://[::1]:11434", "ollama"],
  ["https://gpu.example", "auto", "https://gpu.example", "ollama"],
  ["https://gpu.example/ollama/api/chat", "auto", "https://gpu.example/ollama", "ollama"],
  ["http://gpu:8000/v1", "auto", "http://gpu:8000/v1", "openai"],
  ["http://gpu:8000/v1/chat/completions", "auto", "http://gpu:8000/v1", "openai"],
  ["http://gpu:8000", "openai", "http://gpu:8000/v1", "openai"],
  ["http://gpu:8000/api", "openai", "http://gpu:8000/api", "openai"],
  ["http://gpu:8000/chat", "auto", "http://gpu:8000", "local_chat"],
  ["http://gpu:8000/code/chat/", "auto", "http://gpu:8000/code", "local_chat"],
  ["http://gpu:8000", "local_chat", "http://gpu:8000", "local_chat"],
  [" http://gpu:1#part ", "auto", "http://gpu:1", "ollama"],
];

for (const [text, given, url, kind] of TAKEN) {
  Deno.test(`parseEndpoint() takes ${text} as ${given}`, () => {
    const endpoint = parseEndpoint(text, given);
    assert.deepEqual([endpoint.url, endpoint.kind], [url, kind]);
    assert.equal(parseEndpoint(endpoint.url, endpoint.kind).url, url, "not stable");
  });
}

for (
  const [text, state] of [
    ["", "not a URL"],
    ["http://", "not a URL"],
    ["http://a b/", "not a URL"],
    ["ftp://host", "neither http nor https"],
    ["file:///etc/passwd", "neither http nor https"],
    ["http://host/?key=secret", "a query is not supported"],
    ["http://user:secret@ho st", "not a URL"],
    ["ws://user:secret@host", "neither http nor https"],
    ["user:secret@host:99999", "not a URL"],
  ] as const
) {
  Deno.test(`parseEndpoint() refuses "${text}"`, () => {
    assert.throws(() => parseEndpoint(text), (error: unknown) => {
      assert(error instanceof ToolError);
      assert(error.message.endsWith(`: ${state}`), error.message);
      assert(!`${error.message}${error.hint}`.includes("secret"));
      return true;
    });
  });
}

Deno.test("parseEndpoint() keeps credentials for the call and shows them to nobody", () => {
  const { url, shown } = parseEndpoint("https://me:secret@gpu.example/v1");
  assert.equal(url, "https://me:secret@gpu.example/v1");
  assert.equal(shown, "https://gpu.example/v1");
});
