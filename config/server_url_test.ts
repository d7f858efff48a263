import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { serverUrl } from "./server_url.ts";

Deno.test("serverUrl() takes a path, a query and credentials as they are", () => {
  const table = [
    ["gpu/ollama", "http://gpu:11434/ollama"],
    ["https://u:p@gpu/v1?key=1#part", "https://u:p@gpu/v1?key=1#part"],
    ["HTTP://::1/v1", "http://[::1]/v1"],
  ];
  for (const [text, url] of table) equal(serverUrl(text!)?.href, url);
});

Deno.test("serverUrl() gives http and https only, whatever the text", () => {
  const texts = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.tuple(fc.constantFrom("", "http://", "ftp://"), fc.string()).map(([a, b]) => a + b),
  );
  fc.assert(fc.property(texts, (text) => {
    const url = serverUrl(text);
    ok(url === undefined || /^https?:$/.test(url.protocol) && url.hostname !== "");
  }));
  for (const text of ["", " ", "http://", "ftp://gpu", "http://http://gpu"]) {
    equal(serverUrl(text), undefined);
  }
});
