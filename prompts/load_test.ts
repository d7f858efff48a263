import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { ToolError } from "../config/tool_error.ts";
import { placeholdersOf } from "./fill.ts";
import { parsePrompt } from "./front_matter.ts";
import { createPrompts } from "./load.ts";
import { prompts, type PromptTable } from "./mod.ts";

const FILE = "---\ntitle: Greet\ndescription: Greets.\n---\n\nBe kind.\n\n===\nGreet {{who}}.\n";
const embedded: PromptTable = new Map([["greet", () => Promise.resolve({ default: FILE })]]);
const greet = {
  name: "greet",
  title: "Greet",
  description: "Greets.",
  instructions: "Be kind.",
  template: "Greet {{who}}.",
};

/** Runs `test` with the prompts of a folder that holds greet.md. */
async function withUserFile(
  file: string | Uint8Array,
  test: (load: () => Promise<unknown>, path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "greet.md");
    await Deno.writeFile(path, typeof file === "string" ? new TextEncoder().encode(file) : file);
    await test(() => createPrompts({ folder, embedded }).load("greet"), path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("load() gives the embedded prompt where the user has none", async () => {
  for (const folder of [undefined, "/nowhere", "/dev/null"]) {
    assert.deepEqual(await createPrompts({ folder, embedded }).load("greet"), greet);
  }
});

Deno.test("load() prefers the user's file, as it is now", async () => {
  await withUserFile(FILE.replace("kind", "curt"), async (load, path) => {
    assert.deepEqual(await load(), { ...greet, instructions: "Be curt.", source: path });
    await Deno.writeTextFile(path, FILE);
    assert.deepEqual(await load(), { ...greet, source: path });
  });
});

Deno.test("load() says in one line what is wrong with the user's file", async () => {
  const cases: [string | Uint8Array, RegExp][] = [
    ["", /front matter/],
    ["Be kind.", /front matter/],
    [FILE.replace("===", "=="), /no line "==="/],
    [FILE.replace("title: Greet", "title: [1]"), /no "title"/],
    [FILE.replace("title: Greet", "title: {"), /no YAML/],
    [FILE.replace("title: Greet", "title: *nothing"), /no YAML/],
    [FILE.replace("who", "whom"), /"{{whom}}" stands for nothing; did you mean "who"\?/],
    [FILE.replace("{{who}}", "Ada"), /after its line "===" there is no {{who}}$/],
    [
      FILE.replace("Be kind.", "Greet {{who}}.").replace(/{{who}}\.\n$/, "Ada"),
      /after its line "===" there is no {{who}}$/,
    ],
    [FILE.replace("Be kind.", "Kindness\n===\n\nBe kind."), /more than one line "==="/],
    [`${FILE}===\n`, /more than one line "==="/],
    [FILE.replace("title", "optional: who\ntitle"), /"optional" .* no list/],
    [
      FILE.replace("title", "optional: [who]\ntitle").replace("{{who}}", "Ada"),
      /after its line "===" there is no {{who}}$/,
    ],
    [FILE + "x".repeat(64 * 1024), /longer than 64 KiB/],
    [new Uint8Array([0xff, 0xfe]), /not UTF-8/],
  ];
  for (const [file, state] of cases) {
    await withUserFile(file, async (load, path) => {
      await assert.rejects(load, (error) => {
        assert.ok(error instanceof ToolError, String(error));
        assert.match(error.message, state);
        assert.ok(error.message.startsWith(`Cannot use the prompt "${path}": `));
        assert.ok(!error.message.includes("\n"));
        return true;
      });
    });
  }
});

Deno.test("load() lets the user's file leave out what is optional", async () => {
  const original = FILE.replace("title", "optional: [mood]\ntitle").replace(
    "{{who}}",
    "$& {{mood}}",
  );
  const table: PromptTable = new Map([["greet", () => Promise.resolve({ default: original })]]);
  assert.deepEqual((await createPrompts({ embedded: table }).load("greet")).optional, ["mood"]);
  await withUserFile(FILE, async (_, path) => {
    const prompts = createPrompts({ folder: dirname(path), embedded: table });
    assert.deepEqual(await prompts.load("greet"), { ...greet, source: path });
  });
});

Deno.test("every embedded prompt marks placeholders as optional that it has", async () => {
  for (const name of prompts.keys()) {
    const { template, optional = [] } = await createPrompts({}).load(name);
    const known = placeholdersOf(template);
    assert.deepEqual(optional.filter((name) => !known.includes(name)), [], name);
    assert.ok(optional.length < known.length, name);
  }
});

Deno.test("load() refuses what is no file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "greet.md"));
    await assert.rejects(createPrompts({ folder, embedded }).load("greet"), /not a file/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("load() suggests the nearest prompt", async () => {
  await assert.rejects(createPrompts({ embedded }).load("gret"), /did you mean "greet"\?/);
});

Deno.test("every embedded prompt can be loaded", async () => {
  for (const name of prompts.keys()) {
    const prompt = await createPrompts({}).load(name);
    assert.ok(prompt.instructions !== "" && prompt.template !== "", name);
  }
});

Deno.test("parsePrompt() takes other line endings and a byte order mark", () => {
  assert.deepEqual(parsePrompt("greet", `\ufeff${FILE.replaceAll("\n", "\r\n")}`), greet);
});

Deno.test("parsePrompt() reads any text, or throws a SyntaxError of one line", () => {
  const piece = fc.constantFrom(
    "---\n",
    "===\n",
    "title: a\n",
    "description: b\n",
    "&a",
    "*a",
    "{",
  );
  fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
    try {
      parsePrompt("p", pieces.join(""));
    } catch (error) {
      assert.ok(error instanceof SyntaxError && !error.message.includes("\n"), String(error));
    }
  }));
});
