/** Which files a review, a format and a measure are about, and what devmcp.yaml says of them. */
import assert from "node:assert/strict";
import { devmcp, inFolder } from "./devmcp.ts";

/** The files that a review finds, in its order. */
async function reviewed(cwd: string, ...args: string[]): Promise<string[]> {
  const { stdout, stderr } = await devmcp(["review", "--json", ...args], { cwd });
  assert.ok(stdout, stderr);
  return JSON.parse(stdout).files.map(({ path }: { path: string }) => path);
}

Deno.test("files are found by name, then by first line; what programs write is left out", async () => {
  const files = {
    "a.py": "",
    "b.pyi": "",
    "c.ipynb": '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}',
    "d.js": "",
    "d.min.js": "",
    "e.css": "/* @generated */\n",
    "package-lock.json": "{}",
    "run": "#!/usr/bin/env -S node --x\n",
    "notes": "hello\n",
    "f.xyz": "hello\n",
    "node_modules/x.py": "",
  };
  await inFolder(files, async (cwd) => {
    assert.deepEqual(await reviewed(cwd), ["a.py", "b.pyi", "c.ipynb", "d.js", "run"]);
    assert.deepEqual(await reviewed(cwd, "d.min.js", "e.css", "node_modules/x.py"), [
      "d.min.js",
      "e.css",
      "node_modules/x.py",
    ]);
    const unknown = await devmcp(["review", "f.xyz"], { cwd });
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /Cannot review "f\.xyz": its language is not known/);
    const stub = await devmcp(["format", "b.pyi"], { cwd });
    assert.match(stub.stderr, /devmcp does not format this language \(Python stub\)/);
    const none = await devmcp(["format", "--check", "node_modules"], { cwd });
    assert.equal(none.code, 0);
  });
});

Deno.test("devmcp.yaml says what is left out, which rules count and what fails; flags win", async () => {
  const config = `
code_review: {exclude: [gen, "sub/*.js"], ignore: [F401], fail_on: critical}
format: {languages_off: [json]}
complexity: {exclude: ["*.js"]}
`;
  const files = {
    "devmcp.yaml": config,
    "gen/a.py": "import os\n",
    "sub/a.js": "var x = 1 == 2;\n",
    "a.py": 'import os\nx = eval("1")\n',
    "a.json": '{"a":1}',
  };
  await inFolder(files, async (cwd) => {
    const run = await devmcp(["review", "--json"], { cwd });
    assert.equal(run.code, 0);
    const { files } = JSON.parse(run.stdout);
    const rules = new Map(
      files.map(({ path, issues }: { path: string; issues: { rule: string }[] }) => [
        path,
        issues.map(({ rule }) => rule),
      ]),
    );
    assert.deepEqual([...rules.keys()], ["a.json", "a.py", "devmcp.yaml"]);
    assert.deepEqual(rules.get("a.py"), ["S307"]);
    const flags = ["--fail-on", "major", "--ignore", "S"];
    assert.equal((await devmcp(["review", "--fail-on", "major"], { cwd })).code, 1);
    const other = JSON.parse(
      (await devmcp(["review", "--json", ...flags, "a.py"], { cwd })).stdout,
    );
    assert.deepEqual(other.files[0].issues.map(({ rule }: { rule: string }) => rule), ["F401"]);
    assert.equal((await devmcp(["format", "--check", "a.json", "gen/a.py"], { cwd })).code, 0);
    const measured = JSON.parse((await devmcp(["complexity", "--json"], { cwd })).stdout);
    assert.deepEqual(measured.files.map(({ path }: { path: string }) => path), [
      "a.py",
      "gen/a.py",
    ]);
  });
});

Deno.test("a notebook is reviewed by cell, and formatting changes nothing but sources", async () => {
  const notebook = (source: string) =>
    `{"cells":[{"cell_type":"markdown","metadata":{},"source":["x"]},\n` +
    ` {"cell_type":"code","metadata":{},"outputs":[],"source":[${source}]}],\n` +
    ` "metadata":{},"nbformat":4,"nbformat_minor":5}`;
  const before = notebook('"%time f()\\n","import os\\n","y=1"');
  await inFolder({ "nb.ipynb": before }, async (cwd) => {
    const { stdout } = await devmcp(["review", "nb.ipynb"], { cwd });
    assert.match(stdout, /^nb\.ipynb:cell 2:2:8: minor F401 /m);
    assert.match(stdout, /2 \| import os/);
    const json = JSON.parse((await devmcp(["review", "--json"], { cwd })).stdout);
    assert.equal(json.files[0].issues[0].cell, 2);
    await devmcp(["format", "nb.ipynb"], { cwd });
    const after = await Deno.readTextFile(`${cwd}/nb.ipynb`);
    assert.equal(after, notebook('"%time f()\\n","import os\\n","\\n","y = 1"'));
  });
});

Deno.test("devmcp languages lists what is done, by which engines", async () => {
  const { stdout } = await devmcp(["languages"]);
  assert.match(stdout, /^LANGUAGE +LINTED BY +FORMATTED BY +MEASURED BY +FILES$/m);
  assert.match(stdout, /^Python stub +Ruff \S+ +- +tree-sitter-python \S+ +\.pyi$/m);
  const { languages } = JSON.parse((await devmcp(["languages", "--json"])).stdout);
  const ids = languages.map(({ id }: { id: string }) => id);
  for (const id of ["python", "notebook", "javascript", "go", "shell"]) assert.ok(ids.includes(id));
});
