/** What is known stays quiet, what is new does not: `--baseline` and `devmcp: ignore[rule]`. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { devmcp, inFolder } from "./devmcp.ts";

const OLD = "import os\n\n\ndef f():\n    return undefined_name\n";
const BASELINE = ["--baseline", "known.json"];

/** The findings told, each as path, line and rule. */
async function told(cwd: string, ...args: string[]): Promise<string[]> {
  const { stdout, stderr } = await devmcp(
    ["review", "--select", "F", "--format", "jsonl", ...BASELINE, ...args],
    { cwd },
  );
  assert.doesNotMatch(stderr, /Cannot/);
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line))
    .filter(({ type }) => type === "finding")
    .map(({ path, line, rule }) => `${path}:${line} ${rule}`);
}

const update = (cwd: string, ...args: string[]) =>
  devmcp(["review", "--select", "F", ...BASELINE, "--update-baseline", ...args], { cwd });
const put = (cwd: string, name: string, text: string) => Deno.writeTextFile(join(cwd, name), text);

Deno.test("a baseline keeps old findings quiet wherever they move, and tells new ones", async () => {
  await inFolder({ "a.py": OLD, "lib/b.py": OLD }, async (cwd) => {
    const { code, stdout, stderr } = await update(cwd);
    assert.deepEqual([code, stdout], [0, ""]);
    assert.equal(stderr, "Baseline known.json: 4 findings, 4 added, 0 removed\n");
    assert.deepEqual(await told(cwd), []);
    assert.equal((await devmcp(["review", "--select", "F", ...BASELINE], { cwd })).code, 0);

    await put(cwd, "a.py", `# a\n# b\n${OLD.replace("    return", "    if f:\n        return")}`);
    assert.deepEqual(await told(cwd), []);
    await put(cwd, "a.py", `${OLD}\n\ndef g():\n    return undefined_name\n`);
    assert.deepEqual(await told(cwd), ["a.py:9 F821"]);
    await put(cwd, "a.py", OLD);

    await Deno.rename(join(cwd, "lib/b.py"), join(cwd, "lib/c.py"));
    assert.deepEqual(await told(cwd), []);
    await put(cwd, "lib/d.py", OLD);
    assert.deepEqual(await told(cwd), ["lib/d.py:5 F821", "lib/d.py:1 F401"]);
    await Deno.remove(join(cwd, "lib/d.py"));
    assert.deepEqual(await told(join(cwd, "lib"), "--baseline", "../known.json"), []);
    await update(cwd);
    assert.match(await Deno.readTextFile(join(cwd, "known.json")), /"lib\/c\.py"/);
  });
});

Deno.test("what is mended is told, and goes with the next update; the rest stays", async () => {
  await inFolder({ "a.py": OLD, "b.py": OLD }, async (cwd) => {
    await update(cwd);
    await put(cwd, "a.py", "import os\n");
    const { stderr } = await devmcp(["review", "--select", "F", ...BASELINE, "."], { cwd });
    assert.match(stderr, /Not told: 3 known from the baseline\n1 of the baseline is mended: --upd/);
    assert.match((await update(cwd, "b.py")).stderr, /4 findings, 0 added, 0 removed/);
    assert.match((await update(cwd, "--ignore", "F821")).stderr, /4 findings, 0 added, 0 removed/);
    await put(cwd, "b.py", "def f(:\n");
    assert.match((await update(cwd, "b.py")).stderr, /6 findings, 2 added, 0 removed/);
    assert.match((await update(cwd, "a.py")).stderr, /5 findings, 0 added, 1 removed/);
    await Deno.remove(join(cwd, "b.py"));
    assert.match((await update(cwd)).stderr, /1 finding, 0 added, 4 removed/);
  });
});

Deno.test("a commit's baseline is not shortened by what it does not touch", async () => {
  await inFolder({ "a.py": OLD, "b.py": OLD, "gone.py": OLD }, async (cwd) => {
    const git = async (...args: string[]) => {
      const all = ["-c", "user.name=a", "-c", "user.email=a@b", ...args];
      assert.ok(
        (await new Deno.Command("git", { args: all, cwd }).output()).success,
        args.join(" "),
      );
    };
    await update(cwd);
    await git("init", "-q");
    await git("add", ".");
    await git("commit", "-qm", "x");
    await put(cwd, "a.py", `${OLD}import re\n`);
    await Deno.remove(join(cwd, "gone.py"));
    await git("add", "a.py");
    assert.deepEqual(await told(cwd, "--staged"), ["a.py:6 F401"]);
    const { stderr } = await update(cwd, "--staged", "--changed-lines");
    assert.match(stderr, /7 findings, 1 added, 0 removed/);
  });
});

Deno.test("a baseline that cannot be used is one line, and what to do", async () => {
  await inFolder({ "a.py": OLD, "text.json": "no", "sub/x": "" }, async (cwd) => {
    await put(cwd, "conflict.json", '{"version":1,"findings":[\n<<<<<<< ours\n');
    await put(cwd, "devmcp.yaml", "code_review: {baseline: ../../outside.json}\n");
    const table: [args: string[], message: RegExp][] = [
      [["--baseline", "text.json"], /"text.json": it is not JSON\n {2}hint: mend it, or remove/],
      [["--baseline", "text.json", "--update-baseline"], /it is not JSON/],
      [["--baseline", "conflict.json"], /marks of a merge conflict/],
      [["--baseline", "none.json"], /no such file\n {2}hint: --update-baseline makes it/],
      [["--baseline", "sub"], /Cannot read "sub"/],
      [["--baseline", "no/where.json", "--update-baseline"], /no such folder/],
      [["--baseline", "n.json", "--update-baseline", "--json"], /Cannot write a report with/],
    ];
    await Deno.remove(join(cwd, "devmcp.yaml"));
    for (const [args, message] of table) {
      const { code, stdout, stderr } = await devmcp(["review", "a.py", ...args], { cwd });
      assert.deepEqual([code, stdout], [2, ""], args.join(" "));
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 2, stderr);
    }
    assert.equal(await Deno.readTextFile(join(cwd, "text.json")), "no");
    const { stderr } = await devmcp(["review", "--update-baseline", "a.py"], { cwd });
    assert.match(
      stderr,
      /none is named\n {2}hint: add --baseline FILE, or set code_review.baseline/,
    );
  });
});

Deno.test("code_review.baseline starts where devmcp.yaml lies, and cannot leave there", async () => {
  await inFolder(
    { "sub/a.py": OLD, "devmcp.yaml": "code_review: {baseline: known.json}\n" },
    async (cwd) => {
      const sub = join(cwd, "sub");
      const made = await devmcp(["review", "--update-baseline"], { cwd: sub });
      assert.equal(made.code, 0, made.stderr);
      assert.equal((await devmcp(["review"], { cwd: sub })).code, 0);
      assert.match(await Deno.readTextFile(join(cwd, "known.json")), /"path":"sub\/a.py"/);
      for (const path of ["../x.json", "/tmp/x.json", "a/../../x.json"]) {
        await put(cwd, "devmcp.yaml", `code_review: {baseline: ${path}}\n`);
        const { code, stderr } = await devmcp(["review"], { cwd: sub });
        assert.equal(code, 2, path);
        assert.match(stderr, /baseline/);
      }
    },
  );
});

Deno.test("comments silence findings in every language, and useless ones are told", async () => {
  const files = {
    "a.py": "import os  # devmcp: ignore[F401] for its effects\n# devmcp: ignore[F821]\nx = 1\n",
    "b.js": "// devmcp: ignore[noDoubleEquals]\nif (window.a == 1) { window.b = 2; }\n",
    "c.py": "# devmcp: ignore-file[F]\nimport os\nimport re\n",
    "d.py": 'x = "# devmcp: ignore[F401]"\n',
    "e.py": "x = (  # devmcp: ignore[syntax-error]\n",
  };
  await inFolder(files, async (cwd) => {
    const { stdout } = await devmcp(["review", "--json", "."], { cwd });
    const { files: reviews, summary } = JSON.parse(stdout);
    const all = reviews.flatMap(({ path, issues }: { path: string; issues: { rule: string }[] }) =>
      issues.map(({ rule }) => `${path} ${rule}`)
    );
    for (const rule of ["F401", "noDoubleEquals", "E999"]) {
      assert.ok(!all.some((one: string) => one.endsWith(rule)), `${rule} in ${all}`);
    }
    assert.ok(all.includes("a.py devmcp/unused-ignore"), `${all}`);
    assert.ok(all.includes("e.py syntax-error"), `${all}`);
    assert.ok(summary.suppressed.comment >= 4, JSON.stringify(summary));
    assert.deepEqual(
      all.filter((one: string) => one.endsWith("unused-ignore")).length,
      1,
      `${all}`,
    );
  });
});
