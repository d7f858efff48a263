/** Engines that really crash, of their own WebAssembly's stack: the file says so, the rest goes on. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { devmcp, inFolder } from "./devmcp.ts";

const nested = (open: string, close: string) => open.repeat(20_000) + close.repeat(20_000);
/** Ruff and Biome trap in these; what stands before and behind them meets the same engine. */
const CRASHING: Record<string, string> = {
  "2.py": `import os\nx = ${nested("(", ")")}\n`,
  "4.js": `x = ${nested("[", "]")};\n`,
  "6.css": nested("a{", "}"),
};
const WELL: Record<string, string> = Object.fromEntries(
  [1, 3, 5, 7, 9].flatMap((n) => [
    [`${n}.py`, "import os\n"],
    [`${n}.js`, "if (a == 1) b();\n"],
    [`${n}.css`, "a { color: red; color: blue }\n"],
  ]),
);

interface Finding {
  path: string;
  rule: string;
  severity: string;
}

async function review(cwd: string, ...args: string[]) {
  const env = { XDG_CACHE_HOME: join(cwd, ".cache") };
  const { code, stdout, stderr } = await devmcp(["review", "--json", ...args], { cwd, env });
  const { files } = JSON.parse(stdout);
  const found: Finding[] = files.flatMap(
    ({ path, issues }: { path: string; issues: Omit<Finding, "path">[] }) =>
      issues.map(({ rule, severity }) => ({ path, rule, severity })),
  );
  return { code, stderr, found };
}

Deno.test("an engine that crashes fails its file, and is as good as new for the next", async () => {
  let wanted: Finding[] = [];
  await inFolder(WELL, async (cwd) => {
    wanted = (await review(cwd)).found;
    assert.equal(wanted.length, 15);
  });
  await inFolder({ ...WELL, ...CRASHING }, async (cwd) => {
    for (const args of [["--jobs", "1"], ["--jobs", "2", "--no-cache"], []]) {
      const { code, stderr, found } = await review(cwd, ...args);
      assert.deepEqual([code, stderr], [1, ""]);
      const isCrash = ({ rule }: Finding) => rule === "analysis-failed";
      assert.deepEqual(found.filter((one) => !isCrash(one)), wanted);
      assert.deepEqual(
        found.filter(isCrash).map(({ path, severity }) => `${path} ${severity}`),
        Object.keys(CRASHING).map((path) => `${path} critical`),
      );
    }
    assert.equal((await review(cwd, "--fix")).code, 1);
    for (const [name, text] of Object.entries(CRASHING)) {
      assert.equal(await Deno.readTextFile(join(cwd, name)), text, name);
    }
    assert.equal(await Deno.readTextFile(join(cwd, "9.py")), "");
  });
});

Deno.test("a formatter that crashes is a problem of its file, and formats the next", async () => {
  await inFolder({ ...WELL, ...CRASHING }, async (cwd) => {
    const { code, stderr } = await devmcp(["format", "--jobs", "1", "."], { cwd });
    assert.equal(code, 2);
    for (const [name, text] of Object.entries(CRASHING)) {
      assert.match(stderr, new RegExp(`${name}.*nested too deeply|nested too deeply.*${name}`));
      assert.equal(await Deno.readTextFile(join(cwd, name)), text, name);
    }
    const css = "a {\n\tcolor: red;\n\tcolor: blue;\n}\n";
    for (const n of [1, 9]) assert.equal(await Deno.readTextFile(join(cwd, `${n}.css`)), css);
  });
});
