import assert from "node:assert/strict";
import { createLog, LOG_LEVELS } from "./log.ts";

const table = [
  ["debug", ["debug", "info", "warning", "error"]],
  ["info", ["info", "warning", "error"]],
  ["warning", ["warning", "error"]],
  ["error", ["error"]],
] as const;

for (const [level, expected] of table) {
  Deno.test(`createLog() at ${level} writes ${expected.join(", ")}`, () => {
    const lines: string[] = [];
    const log = createLog(level, (line) => lines.push(line));
    for (const each of LOG_LEVELS) log(each, "text");
    assert.deepEqual(lines, expected.map((each) => `devmcp: ${each}: text`));
  });
}
