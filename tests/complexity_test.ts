import assert from "node:assert/strict";
import { devmcp, inFolder } from "./devmcp.ts";

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
