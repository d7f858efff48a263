import { equal, throws } from "node:assert/strict";
import { ollamaUrl } from "./ollama_host.ts";

Deno.test("ollamaUrl() takes what Ollama takes", () => {
  const table = [
    ["localhost", "http://localhost:11434"],
    [" 127.0.0.1 ", "http://127.0.0.1:11434"],
    ["gpu:8080", "http://gpu:8080"],
    [":8080", "http://127.0.0.1:8080"],
    ["0.0.0.0", "http://127.0.0.1:11434"],
    ["0.0.0.0:8080", "http://127.0.0.1:8080"],
    ["http://gpu", "http://gpu"],
    ["HTTPS://gpu/", "https://gpu"],
    ["http://gpu:1/ollama/", "http://gpu:1/ollama"],
    ["::1", "http://[::1]:11434"],
    ["[::1]:9", "http://[::1]:9"],
    ["::", "http://[::1]:11434"],
    ["[::]:3", "http://[::1]:3"],
    ["http://u:p@gpu:1", "http://u:p@gpu:1"],
    ["gpu:", "http://gpu:11434"],
  ];
  for (const [text, url] of table) equal(ollamaUrl(text!), url, text);
});

Deno.test("ollamaUrl() refuses what is no address, and shows it without credentials", () => {
  const table = [
    ["a b", "a b"],
    ["gpu:70000", "gpu:70000"],
    ["gpu:port", "gpu:port"],
    ["ftp://gpu", "ftp://gpu"],
    ["u:secret@:x", "***@:x"],
    ["gpu\0", "gpu\\u0000"],
  ];
  for (const [text, shown] of table) {
    throws(() => ollamaUrl(text!), {
      name: "ToolError",
      message: `Cannot use OLLAMA_HOST: "${shown}" is no address of a server`,
    });
  }
});
