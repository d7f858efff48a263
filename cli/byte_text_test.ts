import { equal } from "node:assert/strict";
import { renderBytes, renderSeconds } from "./byte_text.ts";

const SIZES: [bytes: number, text: string][] = [
  [0, "0 B"],
  [-5, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [99_960, "100 kB"],
  [999_600, "1.0 MB"],
  [12_345_678, "12.3 MB"],
  [4_368_438_944, "4.4 GB"],
  [5e15, "5000 TB"],
];

for (const [bytes, text] of SIZES) {
  Deno.test(`renderBytes() writes ${bytes} as ${text}`, () => equal(renderBytes(bytes), text));
}

const TIMES: [seconds: number, text: string][] = [
  [0.2, "1 s"],
  [99, "99 s"],
  [121, "3 min"],
  [9000, "2.5 h"],
];

for (const [seconds, text] of TIMES) {
  Deno.test(`renderSeconds() writes ${seconds} as ${text}`, () => {
    equal(renderSeconds(seconds), text);
  });
}
