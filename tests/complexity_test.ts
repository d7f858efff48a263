import assert from "node:assert/strict";
import { join } from "node:path";
import { notebookOf } from "../analysis/notebook/notebook_fixture.ts";
import { devmcp, inFolder } from "./devmcp.ts";
import { blocksOf, runLine } from "./documented.ts";

const CODE = `"""A module."""


def simple(a):
    return a


class C:
    def harder(self, a, b):
        if a:
            for x in b:
                if x and a:
                    return x
        return None
`;

Deno.test("complexity shows the worst function first, as text, CSV and JSON", async () => {
  await inFolder({ "m.py": CODE }, async (cwd) => {
    const table = await devmcp(["complexity", "m.py"], { cwd });
    assert.equal(table.code, 0);
    assert.ok(table.stdout.indexOf("C.harder") < table.stdout.indexOf("simple"));
    const csv = (await devmcp(["complexity", "--format", "csv", "m.py"], { cwd })).stdout;
    const [head, worst] = csv.split(/\r?\n/);
    const row = Object.fromEntries(head!.split(",").map((key, i) => [key, worst!.split(",")[i]]));
    assert.deepEqual([row.cyclomatic, row.cognitive, row.rank], ["5", "7", "A"]);
    const json = JSON.parse((await devmcp(["complexity", "--json", "m.py"], { cwd })).stdout);
    assert.equal(json.files[0].functions.length, 2);
  });
});

Deno.test("complexity and review --json list the files that could not be done", async () => {
  await inFolder(
    { "m.py": CODE, "utf16.py": new Uint8Array([0xff, 0xfe, 0x41, 0]) },
    async (cwd) => {
      for (const command of ["complexity", "review"]) {
        const run = await devmcp([command, "--json", "."], { cwd });
        const { files, problems } = JSON.parse(run.stdout);
        assert.deepEqual([run.code, files.length], [2, 1]);
        assert.deepEqual(problems.map(({ path }: { path: string }) => path), ["utf16.py"]);
        assert.match(problems[0].message, /UTF-16/);
      }
    },
  );
});

Deno.test("complexity --max is a threshold", async () => {
  await inFolder({ "m.py": CODE }, async (cwd) => {
    assert.equal((await devmcp(["complexity", "--max", "5", "m.py"], { cwd })).code, 0);
    assert.equal((await devmcp(["complexity", "--max", "4", "m.py"], { cwd })).code, 1);
  });
});

Deno.test("complexity --html writes a page instead of the table, whole and the same again", async () => {
  await inFolder({ "m.py": CODE, "old.html": "old" }, async (cwd) => {
    const run = await devmcp(["complexity", "--html", "old.html"], { cwd });
    assert.deepEqual([run.code, run.stdout], [0, ""]);
    assert.match(run.stderr, /^Measured 2 functions in 1 file: .*\nwrote old\.html\n$/);
    const page = await Deno.readTextFile(join(cwd, "old.html"));
    assert.match(page, /^<!doctype html>[^]*C\.harder[^]*<\/html>\n$/);
    const beside = await devmcp(["complexity", "--json", "--html", "b.html", "--jobs", "1"], {
      cwd,
    });
    assert.equal(JSON.parse(beside.stdout).files.length, 1);
    assert.equal(await Deno.readTextFile(join(cwd, "b.html")), page);
    const printed = await devmcp(["complexity", "--html", "-"], { cwd });
    assert.equal(printed.stdout, page);
  });
});

Deno.test("complexity --html shows what a notebook's cells say, not their JSON", async () => {
  const notebook = notebookOf(["import os\n", 'def f(a):\n    return "x" if a else None\n']);
  await inFolder({ "n.ipynb": notebook }, async (cwd) => {
    const { stdout } = await devmcp(["complexity", "--html", "-"], { cwd });
    assert.match(stdout, />n\.ipynb:cell 2:1</);
    assert.match(stdout, /data-n="2" data-d="\+1"> {4}return &quot;x&quot; if a else None</);
  });
});

Deno.test("complexity --html that cannot be written leaves what is there, and exits with 2", async () => {
  const broken = { "m.py": CODE, "utf16.py": new Uint8Array([0xff, 0xfe, 0x41, 0]) };
  await inFolder(broken, async (cwd) => {
    const cases: [string[], RegExp][] = [
      [["--html", "no/r.html"], /Cannot write "no\/r\.html"/],
      [["--html", "."], /Cannot write "\.": it is a folder/],
      // What was meant is `--html page.html m.py`: the code stays.
      [["--html", "m.py"], /Cannot write a page to "m\.py": the name is that of a file of python/],
      [["--html", ""], /Cannot write to "": it is not a path/],
      [["--html", "-", "--json"], /Cannot write a page and another format to standard output/],
      [["--html", "r.html", "nothing.py"], /nothing\.py/],
    ];
    for (const [args, message] of cases) {
      const run = await devmcp(["complexity", ...args], { cwd });
      assert.deepEqual([run.code, run.stdout], [2, ""]);
      assert.match(run.stderr, message);
    }
    const names = await Array.fromAsync(Deno.readDir(cwd), ({ name }) => name);
    assert.deepEqual(names.sort(), ["m.py", "utf16.py"]);
    assert.equal(await Deno.readTextFile(join(cwd, "m.py")), CODE);
    // What could not be measured is on the page.
    assert.equal((await devmcp(["complexity", "--html", "r.html"], { cwd })).code, 2);
    assert.match(await Deno.readTextFile(join(cwd, "r.html")), /id="gaps"[^]*utf16\.py[^]*UTF-16/);
  });
});

Deno.test("docs/complexity.md: every command line runs", async () => {
  const text = await Deno.readTextFile(new URL("../docs/complexity.md", import.meta.url));
  const lines = blocksOf(text, "sh").flatMap((block) => block.trimEnd().split("\n"));
  assert.ok(lines.length >= 3, "the section moved");
  await inFolder({ "m.py": CODE }, async (cwd) => {
    for (const line of ["git init -q . && git add .", ...lines]) {
      const { code, stderr } = await runLine(line, cwd);
      assert.equal(code, 0, `${line}: ${stderr}`);
    }
    for (const name of ["report", "staged", "both"]) {
      assert.match(await Deno.readTextFile(join(cwd, `${name}.html`)), /C\.harder/);
    }
  });
});

Deno.test("every tool is a command of its own", async () => {
  const analyzed = await devmcp(["analyze-complexity", "--json", "--code", CODE]);
  assert.equal(analyzed.code, 0, analyzed.stderr);
  assert.equal(JSON.parse(analyzed.stdout).functions[0].name, "C.harder");
  const formatted = await devmcp(["format-code", "--json", "--code", "-"], { stdin: "x=1\n" });
  assert.equal(JSON.parse(formatted.stdout).formatted_code, "x = 1\n");
  const reviewed = await devmcp(["review-code", "--json", "--code", "import os\n"]);
  const review = JSON.parse(reviewed.stdout);
  assert.equal(review.issues[0].rule, "F401");
  assert.equal(review.refactored_code, "");
});
