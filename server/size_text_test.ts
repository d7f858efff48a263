import { equal, notEqual } from "node:assert/strict";
import { sizeText } from "./size_text.ts";

Deno.test("sizeText() has a unit for each size, and none is 0", () => {
  const cases: [number, string, string][] = [
    [1, "1 bytes", "1 bytes"],
    [1023, "1023 bytes", "1023 bytes"],
    [1024, "1 KiB", "1 KiB"],
    [1100, "1.1 KiB", "1 KiB"],
    [9 * 1024 * 1024, "9 MiB", "9 MiB"],
    [9 * 1024 * 1024 + 1, "9.1 MiB", "9 MiB"],
  ];
  for (const [bytes, up, down] of cases) {
    equal(sizeText(bytes), up);
    equal(sizeText(bytes, Math.floor), down);
  }
  const limit = 0.001 * 1024 * 1024;
  notEqual(sizeText(limit + 1), sizeText(limit, Math.floor));
});
