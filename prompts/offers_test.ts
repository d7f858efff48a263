import assert from "node:assert/strict";
import { join } from "node:path";
import { ToolError } from "../config/tool_error.ts";
import type { PromptTable } from "./mod.ts";
import { createOffers, type OffersChange } from "./offers.ts";

const text = (title: string, head = "") =>
  `---\ntitle: ${title}\ndescription: D.\n${head}---\nHello.\n`;
const embedded: PromptTable = new Map([
  ["greet", () => Promise.resolve({ default: text("Greet") })],
]);

/** A folder, its offers, and what the system would tell of changes. */
async function withFolder(
  test: (
    world: { folder: string; offers: ReturnType<typeof createOffers>; warnings: string[] } & {
      write(name: string, text: string): Promise<void>;
      look(): void;
      watched(): boolean;
    },
  ) => Promise<void>,
): Promise<void> {
  const parent = await Deno.makeTempDir();
  const folder = join(parent, "prompts");
  const warnings: string[] = [];
  let look: (() => void) | undefined;
  const offers = createOffers({
    folder,
    embedded,
    reserved: (name) => name === "internal",
    warn: (message) => void warnings.push(message),
    watchFiles: (_, told) => {
      look = told;
      return () => look = undefined;
    },
  });
  const write = async (name: string, text: string) => {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(join(folder, name), text);
  };
  try {
    await test({
      folder,
      offers,
      warnings,
      write,
      look: () => look!(),
      watched: () => look !== undefined,
    });
  } finally {
    offers.close();
    await Deno.remove(parent, { recursive: true });
  }
}

Deno.test("list() has what comes with devmcp where the user has no folder", async () => {
  await withFolder(async ({ offers }) => {
    assert.deepEqual((await offers.list()).map(({ name }) => name), ["greet"]);
    assert.equal(await offers.find("other"), undefined);
    assert.equal(await offers.find("constructor"), undefined);
  });
});

Deno.test("list() has the user's files, which win, and leaves out what is for others", async () => {
  await withFolder(async ({ offers, write, warnings, folder }) => {
    await write("greet.md", text("Mine"));
    await write("poet.md", text("Poet", "kind: persona\n"));
    await write("internal.md", "for somebody else");
    await write("notes.txt", "no prompt");
    await write(".hidden.md", "no prompt");
    await write("two words.md", "no prompt");
    const found = (await offers.list()).map(({ name, title, kind }) => [name, title, kind]);
    assert.deepEqual(found, [["greet", "Mine", "prompt"], ["poet", "Poet", "persona"]]);
    assert.ok((await offers.find("poet"))?.modified instanceof Date);
    await offers.list();
    assert.deepEqual(warnings, [
      'Cannot use the prompt "two words.md": its name is not one of letters, digits, - and _, ' +
      `at most 64, and .md (in ${folder})`,
    ]);
  });
});

Deno.test("a file that cannot be used is left out, told once, and named when asked for", async () => {
  await withFolder(async ({ offers, write, warnings, folder }) => {
    await write("greet.md", "Hello");
    await write("large.md", text("Large") + "x".repeat(64 * 1024));
    await Deno.mkdir(join(folder, "folder.md"));
    for (let i = 0; i < 2; i++) assert.deepEqual(await offers.list(), []);
    assert.equal(warnings.length, 3);
    assert.match(warnings.join("\n"), new RegExp(`"greet.md": .*front matter.*in ${folder}`));
    for (
      const [name, state] of [["greet", /front/], ["large", /64 KiB/], ["folder", /not a file/]]
    ) {
      await assert.rejects(
        offers.find(name as string),
        (error) =>
          error instanceof ToolError && (state as RegExp).test(error.message) &&
          error.message.startsWith(`Cannot use the prompt "${name}.md": `) &&
          error.hint === "mend the file or remove it",
      );
    }
    await write("greet.md", text("Mended"));
    assert.equal((await offers.find("greet"))?.title, "Mended");
  });
});

Deno.test("watch() tells what has come, gone and changed, from when it was seen last", async () => {
  await withFolder(async ({ offers, write, look, folder, watched }) => {
    await offers.list();
    const changes: OffersChange[] = [];
    const stop = offers.watch((change) => void changes.push(change));
    const after = async (act: () => Promise<void>) => {
      await act();
      look();
      await offers.list();
      return changes.splice(0).flat().map(({ before, after }) => [before?.title, after?.title]);
    };
    assert.deepEqual(await after(async () => {}), []);
    assert.deepEqual(await after(() => write("poet.md", text("Poet"))), [[undefined, "Poet"]]);
    assert.deepEqual(await after(() => write("poet.md", text("Bard"))), [["Poet", "Bard"]]);
    assert.deepEqual(await after(() => write("greet.md", "broken")), [["Greet", undefined]]);
    assert.deepEqual(await after(() => write("greet.md", "still broken")), []);
    assert.deepEqual(await after(() => Deno.remove(folder, { recursive: true })), [
      [undefined, "Greet"],
      ["Bard", undefined],
    ]);
    assert.ok(watched());
    stop();
    assert.ok(!watched());
  });
});

Deno.test("list() looks at 200 files at most, and says so", async () => {
  await withFolder(async ({ offers, write, warnings }) => {
    for (let i = 0; i < 203; i++) await write(`p${String(i).padStart(3, "0")}.md`, text(`P${i}`));
    const found = await offers.list();
    assert.equal(found.length, 201);
    assert.match(warnings.join(), /^Cannot use the prompt "p200.md": only the first 200 [^,]+$/);
    assert.ok(found.every(({ name }) => name < "p200"));
  });
});
