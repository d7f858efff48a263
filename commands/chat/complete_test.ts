import assert from "node:assert/strict";
import { join } from "node:path";
import { withFolder } from "../../workspace/testing_folder.ts";
import { slashChat } from "./slash_fixture.ts";

const PROMPT = { name: "github:triage", description: "", arguments: [] };

const CASES: [line: string, from: number, candidates: string[]][] = [
  ["/hi", 0, ["/history"]],
  ["/re", 0, ["/retry", "/resume"]],
  ["/gith", 0, ["/github:triage"]],
  ["/plan o", 6, ["on", "off"]],
  ["/approve ", 9, ["ask", "reads", "all", "none", "forget"]],
  ["/mcp rec", 5, ["reconnect github"]],
  ["/nothing x", 9, []],
  ["review @src/a", 7, ["@src/app.py"]],
  ["review @", 7, ["@README.md", "@src/", "@github:repo://one"]],
  ["@S", 0, ["@src/"]],
  ["@src/", 0, ["@src/app.py", "@src/sub/"]],
  ["@../", 0, []],
  ["@build/", 0, []],
  ["@github:re", 0, ["@github:repo://one"]],
  ["/add sr", 5, ["src/"]],
  ["use review_", 4, ["review_code"]],
  ["say r", 4, []],
  ["see src/a and", 10, []],
];

const FILES = {
  ".gitignore": "build\n*.log\n",
  ".git/HEAD": "",
  ".hidden/a.py": "",
  "README.md": "",
  "debug.log": "",
  "build/out.py": "",
  "node_modules/a/index.js": "",
  "src/app.py": "",
  "src/sub/b.py": "",
};

Deno.test("complete() gives what can follow", async () => {
  await withFolder(FILES, async (folder) => {
    const { chat } = slashChat({ prompts: [PROMPT], session: { folder } });
    for (const [line, from, candidates] of CASES) {
      assert.deepEqual(await chat.complete(line, line.length), { from, candidates }, line);
    }
  });
});

Deno.test("complete() looks at what is before the cursor only", async () => {
  const { chat } = slashChat();
  assert.deepEqual(await chat.complete("/hi there", 3), { from: 0, candidates: ["/history"] });
});

Deno.test("complete() gives 50 candidates at most", async () => {
  const files = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`f${i}.py`, ""]));
  await withFolder(files, async (folder) => {
    const { chat } = slashChat({ session: { folder } });
    assert.equal((await chat.complete("@f", 2)).candidates.length, 50);
  });
});

Deno.test("complete() follows no link out of the folder", async () => {
  await withFolder({ "work/a.py": "", "other/secret.py": "" }, async (folder) => {
    await Deno.symlink(join(folder, "other"), join(folder, "work/link"));
    const { chat } = slashChat({ session: { folder: join(folder, "work") } });
    assert.deepEqual((await chat.complete("@", 1)).candidates, ["@a.py", "@github:repo://one"]);
    assert.deepEqual((await chat.complete("@link/", 6)).candidates, []);
  });
});
