import assert from "node:assert/strict";
import { keepsFiles } from "./keeps_files.ts";

Deno.test("keepsFiles() tells showing from doing", () => {
  const kept = [
    "show me how src/app.py looks formatted",
    "format src/app.py but don't save it",
    "format src/app.py, do not write it yet",
    "preview the formatting of src/app.py",
    "how would src/app.py look after black",
    "format src/app.py without touching the file",
    "format src/app.py as a dry run",
    "just show it formatted",
  ];
  const changed = [
    "format src/app.py",
    "format src/app.py and save it, then show me the complexity",
    "don't ask, save it",
    "not sure whether it is any good, fix and save it",
    "",
  ];
  for (const order of kept) assert.ok(keepsFiles(order), order);
  for (const order of changed) assert.ok(!keepsFiles(order), order);
});
