import { deepEqual, equal } from "node:assert/strict";
import type { License } from "../assets/licenses.ts";
import { fakeApp } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";

const licenses: License[] = [
  { name: "devmcp", license: "MIT", text: "Free.\n" },
  { name: "zod", version: "4.6.7", license: "MIT", text: "Free\ntoo.\n\n" },
];

async function run(...argv: string[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(licenses));
  const app = fakeApp({ loadAsset: () => Promise.resolve(bytes) });
  const entry = { name: "licenses", summary: "show", load: () => import("./licenses.ts") };
  await runProgram(["licenses", ...argv], app, [entry]);
  return app.stdout.text;
}

Deno.test("licenses shows each part's licence text, as JSON too", async () => {
  equal(await run(), "devmcp (MIT)\n\nFree.\n\n\nzod 4.6.7 (MIT)\n\nFree\ntoo.\n");
  deepEqual(JSON.parse(await run("--json")), { version: 1, licenses });
});
