/** The reports of `devmcp review`, read by the programs they are for. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { actsOnTerminal } from "../cli/fake_review.ts";
import { BINARY, devmcp, inFolder } from "./devmcp.ts";
import { readReports } from "./report_readers.ts";

/** Its message would end an element, a cell, an attribute or a line, and mention everybody. */
const HOSTILE = `__all__ = ["\\x1b[31m</failure>]]><img src=x>|\`x\`@all \\u202e\\n::error::'&"]\n`;
const NAMES = [
  "src/a b.py",
  "src/new\nline.py",
  "src/<img src=x>&\"'|`.py",
  "src/ünï%41#?.py",
  "src/\x1b[2J\u202e.py",
  "-dash.py",
];
const READ = ["sarif", "junit", "checkstyle", "gitlab"];
const ALL = [...READ, "json", "jsonl", "github", "markdown", "html", "text"];

const tree = (names: string[]) => Object.fromEntries(names.map((name) => [name, HOSTILE]));

Deno.test("every format is one its readers understand, whatever files are called", async () => {
  await inFolder(tree(NAMES), async (cwd) => {
    await Deno.writeTextFile(join(cwd, "quiet.py"), "import os  # devmcp: ignore[F401] kept\n");
    const formats = ALL.flatMap((format) => ["--format", `${format}=out.${format}`]);
    const { code, stdout, stderr } = await devmcp(["review", "--select", "F", ...formats], { cwd });
    assert.deepEqual([code, stdout], [1, ""], stderr);
    assert.ok(!actsOnTerminal(stderr));
    const reports = await readReports(READ, cwd);
    for (const [format, { errors, found }] of reports) {
      assert.deepEqual(errors, [], format);
      const told = found.filter(([, rule]) => String(rule).includes("F822"));
      assert.equal(told.length, NAMES.length, format);
      assert.equal(new Set(told.map(([path]) => path)).size, NAMES.length, format);
    }
    for (const format of ALL) {
      const text = await Deno.readTextFile(join(cwd, `out.${format}`));
      assert.ok(!actsOnTerminal(text), format);
    }
    const { found } = reports.get("sarif")!;
    const uris = found.map(([uri]) => decodeURIComponent(String(uri))).sort();
    assert.deepEqual(uris, [...NAMES, "quiet.py"].sort());
    assert.deepEqual(
      found.filter(([, rule, , silent]) => rule === "F401" && silent === 1).length,
      1,
    );
    const markdown = await Deno.readTextFile(join(cwd, "out.markdown"));
    assert.doesNotMatch(markdown, /<img|@all|\]\(/);
  });
});

Deno.test("a file whose name is no text is told, and the report holds", async () => {
  await inFolder({ "a.py": "import os\n" }, async (cwd) => {
    const make = new Deno.Command("sh", {
      args: ["-c", "cp a.py \"$(printf 'bad\\377.py')\""],
      cwd,
    });
    if (!(await make.output()).success) return; // This file system refuses such names.
    const formats = READ.flatMap((format) => ["--format", `${format}=out.${format}`]);
    await devmcp(["review", ...formats], { cwd });
    const reports = await readReports(READ, cwd);
    for (const [format, { errors, found }] of reports) {
      assert.deepEqual(errors, [], format);
      assert.ok(found.some(([path]) => path === "a.py"), format);
    }
  });
});

Deno.test("reports of nothing, and of files that cannot be read, are reports", async () => {
  await inFolder({ "ok.py": '"""Nothing to tell."""\n' }, async (cwd) => {
    await Deno.writeFile(join(cwd, "binary.py"), new Uint8Array([0x78, 0x00, 0xff]));
    for (const [path, code] of [["ok.py", 0], ["binary.py", 2]] as const) {
      const formats = READ.map((format) => `--format=${format}=out.${format}`);
      const run = await devmcp(["review", ...formats, path], { cwd });
      assert.equal(run.code, code, run.stderr);
      for (const [format, { errors }] of await readReports(READ, cwd)) {
        assert.deepEqual(errors, [], format);
      }
    }
  });
});

Deno.test("a file is replaced as a whole or stays, and what cannot be written is told", async () => {
  await inFolder({ "a.py": "import os\n", "old.json": "old", "sub/keep": "" }, async (cwd) => {
    const table: [args: string[], message: RegExp][] = [
      [["-o", "missing/r.json"], /Cannot write "missing\/r.json": no such folder\n {2}hint: make/],
      [["-o", "sub", "--json"], /Cannot write "sub": it is a folder/],
      [["-o", "r.xml"], /Cannot tell which format "r.xml" is to have/],
      [["--format", "sarf"], /did you mean sarif/],
      [["--format", "text", "--json"], /two formats to standard output/],
      [["--format=json=old.json", "--format=sarif=sub"], /it is a folder/],
      [["--json", "-o", "old.json", "--select", "NOPE"], /NOPE/],
    ];
    for (const [args, message] of table) {
      const { code, stderr, stdout } = await devmcp(["review", "a.py", ...args], { cwd });
      assert.deepEqual([code, stdout], [2, ""], stderr);
      assert.match(stderr, message);
    }
    const left = await Array.fromAsync(Deno.readDir(cwd), ({ name }) => name);
    assert.deepEqual(left.sort(), [
      "a.py",
      "old.json",
      "sub",
    ]);
    assert.equal((await devmcp(["review", "a.py", "-o", "old.json"], { cwd })).code, 0);
    assert.equal(JSON.parse(await Deno.readTextFile(join(cwd, "old.json"))).files.length, 1);
  });
});

Deno.test("a disk that takes no more is told, and the old report stays", async () => {
  await inFolder({ "a.py": "import os\n".repeat(40), "old.json": "old" }, async (cwd) => {
    // A limit of 1 kB stands for a full disk.
    const line = `trap "" XFSZ; ulimit -f 1; exec "${BINARY}" review a.py -o old.json`;
    const { code, stderr } = await new Deno.Command("bash", { args: ["-c", line], cwd }).output();
    assert.equal(code, 2);
    assert.match(new TextDecoder().decode(stderr), /Cannot write "old.json": the file would be/);
    assert.equal(await Deno.readTextFile(join(cwd, "old.json")), "old");
    const left = await Array.fromAsync(Deno.readDir(cwd), ({ name }) => name);
    assert.deepEqual(left.sort(), ["a.py", "old.json"]);
  });
});

Deno.test("text on standard output goes with a file beside it, and statistics count", async () => {
  await inFolder({ "a.py": "import os\nimport re\nx = y\n" }, async (cwd) => {
    const both = await devmcp(
      ["review", "--format", "text", "--format", "sarif", "-o", "out.sarif", "a.py"],
      { cwd },
    );
    assert.match(both.stdout, /a\.py:3:5: critical F821/);
    assert.deepEqual((await readReports(["sarif"], cwd)).get("sarif")!.errors, []);
    const text = await devmcp(["review", "--statistics", "--select", "F", "."], { cwd });
    assert.equal(
      text.stdout,
      "findings  severity  rule  safe fixes\n" +
        "       2  minor     F401           2\n" +
        "       1  critical  F821\n",
    );
    const json = await devmcp(["review", "--statistics", "--select", "F", "--json", "."], { cwd });
    assert.deepEqual(JSON.parse(json.stdout).summary.statistics, [
      { rule: "F401", count: 2, fixable: 2, severity: "minor" },
      { rule: "F821", count: 1, fixable: 0, severity: "critical" },
    ]);
  });
});

/** The most memory that a run has taken, in MB. */
async function peakOf(args: string[], cwd: string): Promise<number> {
  const code = "import resource, subprocess, sys\n" +
    "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n" +
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)";
  const options = { args: ["-c", code, BINARY, ...args], cwd };
  const { stdout } = await new Deno.Command("python3", options).output();
  return Number(new TextDecoder().decode(stdout));
}

Deno.test("four times the findings take no more memory", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 240 }, (_, n) => [
      `${n < 60 ? "few" : "more"}/${n}.py`,
      "import os\n".repeat(80),
    ]),
  );
  await inFolder(files, async (cwd) => {
    const formats = ["--format", "jsonl", "--format", "sarif=r.sarif", "--format", "html=r.html"];
    const args = ["review", "--select", "F", "--jobs", "1", ...formats];
    const [few, all] = [await peakOf([...args, "few"], cwd), await peakOf([...args, "."], cwd)];
    const report = JSON.parse(await Deno.readTextFile(join(cwd, "r.sarif")));
    assert.ok(report.runs[0].results.length > 15_000);
    // How much is collected in time differs by a hundred MB from run to run.
    assert.ok(few > 50 && all < Math.max(few, 400) * 1.3, `${few} MB, then ${all} MB`);
  });
});

Deno.test("10,000 findings: the same in whatever order workers end, and bounded where they must be", async () => {
  const lines = (n: number) => "import os\n".repeat(n % 7 === 0 ? 190 : 85);
  const files = Object.fromEntries(
    Array.from({ length: 100 }, (_, n) => [`${String(n).padStart(3, "0")}.py`, lines(n)]),
  );
  await inFolder(files, async (cwd) => {
    const args = ["review", "--select", "F", "--format", "jsonl", "--format"];
    const run = async (jobs: string) => {
      const { stdout, stderr } = await devmcp([...args, "markdown=r.md", "--jobs", jobs, "."], {
        cwd,
      });
      return { stdout, stderr, comment: await Deno.readTextFile(join(cwd, "r.md")) };
    };
    const one = await run("1"), two = await run("2");
    assert.equal(one.stdout, two.stdout, one.stderr);
    const found = one.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.ok(found.length > 10_000, `${found.length}`);
    assert.equal(found.at(-1).type, "summary");
    assert.ok(!one.stdout.includes("r.md"), "a report is no part of what is reviewed");
    assert.equal(one.comment, two.comment);
    assert.ok(one.comment.length < 65_536, `${one.comment.length}`);
  });
});

Deno.test("a report that nobody reads any more ends quietly", async () => {
  await inFolder({ "a.py": "import os\n" }, async (cwd) => {
    const line =
      `"${BINARY}" review --format jsonl . | head -c 1 >/dev/null; exit \${PIPESTATUS[0]}`;
    const { code, stderr } = await new Deno.Command("bash", { args: ["-c", line], cwd }).output();
    assert.ok([0, 1, 141].includes(code), `${code}`);
    assert.doesNotMatch(new TextDecoder().decode(stderr), /Cannot|unexpected/);
  });
});
