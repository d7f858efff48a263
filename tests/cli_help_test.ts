/** The help of every command, as people see it. `UPDATE_SNAPSHOTS=1` writes the snapshots anew. */
import assert from "node:assert/strict";
import { commands } from "../commands/mod.ts";
import { devmcp } from "./devmcp.ts";

const FOLDER = new URL("snapshots/", import.meta.url);
const names = commands.map(({ name }) => name);

function fileOf(name: string): string {
  return `help_${name.replaceAll("-", "_")}.txt`;
}

async function matchSnapshot(file: string, text: string): Promise<void> {
  const url = new URL(file, FOLDER);
  if (Deno.env.get("UPDATE_SNAPSHOTS")) return await Deno.writeTextFile(url, text);
  assert.equal(text, await Deno.readTextFile(url), "run with UPDATE_SNAPSHOTS=1 if this is meant");
}

Deno.test("devmcp --help is what the snapshot says, however it is asked for", async () => {
  const runs = await Promise.all([["--help"], ["-h"], ["help"], []].map((args) => devmcp(args)));
  for (const { code, stdout, stderr } of runs) {
    assert.deepEqual([code, stderr], [0, ""]);
    await matchSnapshot("help.txt", stdout);
  }
});

for (const name of names) {
  Deno.test(`devmcp help ${name} is what the snapshot says`, async () => {
    const [help, flag] = [await devmcp(["help", name]), await devmcp([name, "--help"])];
    assert.deepEqual([help.code, help.stderr, flag.stdout], [0, "", help.stdout]);
    assert.ok(help.stdout.split("\n").every((line) => line.length <= 80), "wider than 80 columns");
    await matchSnapshot(fileOf(name), help.stdout);
  });
}

Deno.test("every help snapshot belongs to a command", () => {
  const files = [...Deno.readDirSync(FOLDER)].map(({ name }) => name)
    .filter((name) => name.startsWith("help"));
  assert.deepEqual(files.sort(), ["help.txt", ...names.map(fileOf)].sort());
});
