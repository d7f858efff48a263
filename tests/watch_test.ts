/** `devmcp review --watch`: what it shows is what a fresh review would. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { until } from "../config/until_fixture.ts";
import { devmcp, inFolder } from "./devmcp.ts";
import { type Random, seededRandom } from "./seeded_random.ts";
import { inTerminal } from "./terminal.ts";
import { type Watched, watched, withoutTimes } from "./watched.ts";

/** Rounds of random changes; more of them with WATCH_ROUNDS. */
const ROUNDS = Number(Deno.env.get("WATCH_ROUNDS") ?? 8);

async function write(cwd: string, name: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(join(cwd, name)), { recursive: true });
  await Deno.writeTextFile(join(cwd, name), text);
}

/** What both streams of a review without a watch hold. */
async function fresh(args: string[], cwd: string): Promise<string> {
  const run = await devmcp(["review", "--no-cache", "--model", "off", ...args], { cwd });
  return withoutTimes(run.stdout + run.stderr);
}

async function showsAll(watch: Watched, args: string[], cwd: string): Promise<void> {
  await watch.shows(await fresh(args, cwd));
}

Deno.test("--watch shows what is saved, made and removed, and Ctrl-C ends it with 130", async () => {
  await inFolder({ "a.py": "import os\n" }, async (cwd) => {
    await watched(["."], { cwd }, async (watch) => {
      assert.match(watch.runs[0]!, /F401 `os`/);
      await write(cwd, "a.py", "import sys\n");
      await watch.shows(/F401 `sys`/);
      await write(cwd, "sub/b.js", "if (a == 1) {}\n");
      await watch.shows(/sub\/b\.js:/);
      await write(cwd, "sub/b.js", "debugger;\n");
      await watch.shows(/noDebugger/);
      await Deno.remove(join(cwd, "sub"), { recursive: true });
      await watch.shows(/Reviewed 1 file /);
      await showsAll(watch, ["."], cwd);
      assert.equal(await watch.interrupt(), 130);
    });
  });
});

/** How editors save. */
const SAVES: Record<string, (path: string, text: string) => Promise<void>> = {
  "in place": (path, text) => Deno.writeTextFile(path, text),
  async "renaming a new file over it"(path, text) {
    await Deno.writeTextFile(`${path}.tmp.123`, text);
    await Deno.rename(`${path}.tmp.123`, path);
  },
  async "as vim does, with backup and swap file"(path, text) {
    const folder = dirname(path);
    await Deno.writeTextFile(join(folder, ".a.py.swp"), "b0VIM");
    await Deno.writeTextFile(join(folder, "4913"), "");
    await Deno.remove(join(folder, "4913"));
    await Deno.rename(path, `${path}~`);
    await Deno.writeTextFile(path, text);
    await Deno.remove(`${path}~`);
    await Deno.remove(join(folder, ".a.py.swp"));
  },
  async "removing it first"(path, text) {
    await Deno.remove(path);
    await Deno.writeTextFile(path, text);
  },
  async "in pieces"(path, text) {
    const file = await Deno.open(path, { write: true, truncate: true });
    for (const char of text) await file.write(new TextEncoder().encode(char));
    file.close();
  },
};

for (const operand of [".", "a.py", "link.py", "links", "../out/a.py"]) {
  Deno.test(`--watch ${operand} hears of a save, however an editor saves`, async () => {
    await inFolder({ "work/x": "", "out/a.py": "" }, async (top) => {
      const cwd = join(top, "work");
      await write(cwd, "a.py", "");
      await write(top, "real/a.py", "");
      await Deno.symlink(join(top, "real/a.py"), join(cwd, "link.py"));
      await Deno.symlink(join(top, "real"), join(cwd, "links"));
      const path =
        { "link.py": join(top, "real/a.py"), "links": join(top, "real/a.py") }[operand] ??
          join(cwd, operand === "." ? "a.py" : operand);
      await watched([operand], { cwd }, async (watch) => {
        for (const [index, save] of Object.values(SAVES).entries()) {
          await save(path, `import m${index}\n`);
          await watch.shows(new RegExp(`F401 \`m${index}\``));
        }
        await showsAll(watch, [operand], cwd);
      });
    });
  });
}

Deno.test("--watch shows a thousand files that are saved at once in one run, or two", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [`p${index % 20}/f${index}.py`, "x = 1\n"]),
  );
  await inFolder(files, async (cwd) => {
    await watched(["."], { cwd }, async (watch) => {
      const before = watch.runs.length;
      saveAtOnce(cwd, Object.keys(files), "import os\n");
      await watch.shows(/1,000 issues/);
      assert(watch.runs.length - before <= 2, `${watch.runs.length - before} runs`);
    });
  });
});

Deno.test("--watch has nothing to do with ignored folders, nor with what it writes itself", async () => {
  const files = {
    "a.py": "import os\n",
    ".gitignore": "ignored/\n",
    ".git/HEAD": "ref: refs/heads/main\n",
    "node_modules/x/a.js": "",
    "ignored/a.py": "",
  };
  await inFolder(files, async (cwd) => {
    await watched(
      [".", "--format", "text", "--format", "sarif=out.sarif"],
      { cwd },
      async (watch) => {
        for (const name of ["node_modules/x/a.js", "ignored/a.py", ".git/index", "notes.txt"]) {
          await write(cwd, name, "import sys\n");
        }
        const inodes = watchedBy(watch.pid);
        const isWatched = (name: string) => inodes.has(Deno.statSync(join(cwd, name)).ino!);
        assert.deepEqual([".", "node_modules", "ignored", ".git"].filter(isWatched), ["."]);
        await write(cwd, "a.py", "import re\n");
        await watch.shows(/`re`/);
        assert.equal(watch.runs.length, 2);
        assert.match(await Deno.readTextFile(join(cwd, "out.sarif")), /`re`/);
      },
    );
  });
});

function saveAtOnce(cwd: string, names: string[], text: string): void {
  for (const name of names) Deno.writeTextFileSync(join(cwd, name), text);
}

/** The inodes of the folders that a process watches, as the kernel tells. */
function watchedBy(pid: number): Set<number> {
  const files = [...Deno.readDirSync(`/proc/${pid}/fdinfo`)];
  const texts = files.map(({ name }) => Deno.readTextFileSync(`/proc/${pid}/fdinfo/${name}`));
  const inodes = texts.flatMap((text) => [...text.matchAll(/^inotify wd:\S+ ino:(\S+)/gm)]);
  return new Set(inodes.map(([, inode]) => parseInt(inode!, 16)));
}

Deno.test("--watch goes on when what it watches is gone, and comes back", async () => {
  await inFolder({ "src/a.py": "import os\n" }, async (cwd) => {
    await watched(["src"], { cwd }, async (watch) => {
      await Deno.remove(join(cwd, "src"), { recursive: true });
      await watch.shows(/Cannot find "src": no such file or folder/);
      await write(cwd, "src/b.py", "import sys\n");
      await watch.shows(/src\/b\.py.*`sys`/);
      await showsAll(watch, ["src"], cwd);
    });
  });
});

Deno.test("--watch hears of configuration, and of the baseline", async () => {
  await inFolder({ "p/a.py": "import os\n", "p/b.js": "debugger;\n" }, async (top) => {
    const cwd = join(top, "p");
    await write(cwd, "known.json", '{"version":1,"findings":[]}');
    await devmcp(["review", "--baseline", "known.json", "--update-baseline"], { cwd });
    const known = await Deno.readTextFile(join(cwd, "known.json"));
    await Deno.remove(join(cwd, "known.json"));
    await devmcp(["review", "--baseline", "known.json", "--update-baseline", "b.js"], { cwd });
    const args = [".", "--baseline", "known.json"];
    await watched(args, { cwd }, async (watch) => {
      const changes: [string, string | null, RegExp][] = [
        ["known.json", known, /2 known from the baseline/],
        ["known.json", "{", /Cannot use the baseline/],
        ["known.json", '{"version":1,"findings":[]}', /noDebugger/],
        ["../ruff.toml", '[lint]\nignore = ["F401"]\n', /no issues|1 issue /],
        ["../ruff.toml", "[lint", /Cannot read .*ruff\.toml/],
        ["../ruff.toml", null, /F401/],
        ["biome.json", '{"linter":{"enabled":false}}', /Reviewed(?![^]*noDebugger)/],
        ["biome.json", null, /noDebugger/],
        ["devmcp.yaml", "code_review:\n  ignore: [F401]\n", /Reviewed(?![^]*F401)/],
        ["devmcp.yaml", "code_review:\n  exclude: ['*.js']\n", /Reviewed 2 files /],
        ["devmcp.yaml", null, /F401/],
      ];
      for (const [name, text, wanted] of changes) {
        if (text === null) await Deno.remove(join(cwd, name));
        else await write(cwd, name, text);
        await watch.shows(wanted);
      }
    });
  });
});

Deno.test("--watch --staged follows the index and HEAD, --watch --diff the work tree too", async () => {
  await inFolder({ "a.py": "x = 1\n", "sub/b.py": "y = 1\n" }, async (cwd) => {
    await git(cwd, "init", "--quiet");
    await git(cwd, "add", ".");
    await git(cwd, "commit", "--quiet", "--message", "x");
    await watched(["--staged"], { cwd }, async (watch) => {
      await write(cwd, "a.py", "import os\n");
      await git(cwd, "add", "a.py");
      await watch.shows(/F401 `os`/);
      await git(cwd, "commit", "--quiet", "--message", "y");
      await watch.shows(/nothing has changed/);
    });
    await watched(["--diff", "--changed-lines"], { cwd }, async (watch) => {
      await write(cwd, "sub/b.py", "y = 1\nimport re\n");
      await watch.shows(/F401 `re`/);
      await write(cwd, "sub/b.py", "y = 1\nimport sys\n");
      await watch.shows(/F401 `sys`/);
      await showsAll(watch, ["--diff", "--changed-lines"], cwd);
      await git(cwd, "commit", "--all", "--quiet", "--message", "z");
      await watch.shows(/nothing has changed/);
    });
  });
});

async function git(cwd: string, ...args: string[]): Promise<void> {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  const all = ["-C", cwd, ...identity, ...args];
  const { success, stderr } = await new Deno.Command("git", { args: all }).output();
  assert(success, new TextDecoder().decode(stderr));
}

Deno.test("--watch refuses what makes no sense, before it starts", async () => {
  const refused: [string[], RegExp][] = [
    [["-"], /Cannot watch standard input/],
    [["--fix"], /Cannot use --fix with --watch/],
    [["--update-baseline", "--baseline", "x"], /Cannot use --update-baseline with --watch/],
    [["--json"], /Cannot watch as json on standard output/],
    [["--format", "sarif"], /Cannot watch as sarif on standard output/],
    [["missing"], /Cannot find "missing"/],
    [["--select", "NOPE9"], /NOPE9/],
  ];
  await inFolder({ "a.py": "" }, async (cwd) => {
    for (const [args, message] of refused) {
      const run = await devmcp(["review", "--watch", ...args], { cwd });
      assert.match(run.stderr, message);
      assert.deepEqual([run.code, run.stdout], [2, ""], args.join(" "));
    }
  });
});

Deno.test("--watch clears the screen before each run, keeps to its width, and ends in order", async () => {
  await inFolder({ "a.py": "import os\n" }, async (cwd) => {
    const args = ["review", "--watch", "--model", "off", "."];
    const env = { XDG_CACHE_HOME: cwd };
    await inTerminal({ args, cwd, env, columns: 40, rows: 20 }, async (terminal) => {
      await terminal.sees(/F401 `os`[^]*Watching 1 file/);
      await write(cwd, "a.py", "import sys\n");
      const isOnScreen = async (wanted: RegExp) =>
        wanted.test((await terminal.screen()).join("\n"));
      await until(() => isOnScreen(/^a\.py:1:8: minor F401 `sys`[^]*Watching 1 file/));
      await terminal.resize(100, 20);
      await write(cwd, "b.py", "import re\n");
      await terminal.sees(
        /Reviewed 2 files .*score \d+\/100\n\d\d:\d\d:\d\d Watching 2 files; Ctrl-C ends/,
      );
      const pid = await terminal.pid();
      await terminal.press("C-c");
      await until(() => !existsSync(`/proc/${pid}/fd`));
    });
  });
});

const NAMES = ["a.py", "b.py", "c.js", "d.md", "e.json", "f.sh", "g"];
const FOLDERS = ["", "p/", "p/q/", "r/"];
const TEXTS = [
  "import os\n",
  "import sys\nprint( sys)\n",
  "debugger;\n",
  "# Title\n\n\n\ntext\n",
  '{"a": 1, "a": 2}\n',
  "#!/bin/sh\nif [ 1 ]; then\n",
  "#!/usr/bin/env python3\nimport re\n",
  "def f(:\n",
  "# @generated\nimport os\n",
  "",
];
const SETTINGS: Record<string, string[]> = {
  ".gitignore": ["p/\n", "*.js\n", "!a.py\n"],
  "p/.gitignore": ["q/\n", "a.py\n"],
  ".gitattributes": ["r/* linguist-generated\n"],
  "ruff.toml": ['[lint]\nselect = ["F"]\n', 'exclude = ["p"]\n', "[lint\n"],
  "p/ruff.toml": ['[lint]\nignore = ["F401"]\n'],
  "biome.json": ['{"linter":{"enabled":false}}', "{"],
  "devmcp.yaml": ["code_review:\n  exclude: ['r/']\n", "code_review:\n  ignore: [F401]\n"],
};

/** One random change; what cannot be done is left out. */
async function change(cwd: string, random: Random): Promise<string> {
  const file = () => random.pick(FOLDERS) + random.pick(NAMES);
  const kind = random.below(10), name = file();
  if (kind < 4) return await attempt(`write ${name}`, () => write(cwd, name, random.pick(TEXTS)));
  if (kind < 5) {
    const save = random.pick(Object.keys(SAVES)), text = random.pick(TEXTS);
    return await attempt(`save ${name} ${save}`, () => SAVES[save]!(join(cwd, name), text));
  }
  if (kind < 6) return await attempt(`remove ${name}`, () => Deno.remove(join(cwd, name)));
  const from = random.below(2) ? file() : random.pick(["p", "r", "p/q"]);
  const to = random.below(2) ? file() : random.pick(["p", "r", "s", "node_modules"]);
  if (kind < 8) {
    return await attempt(`rename ${from} ${to}`, () => Deno.rename(join(cwd, from), join(cwd, to)));
  }
  const setting = random.pick(Object.keys(SETTINGS)), text = random.pick(SETTINGS[setting]!);
  return random.below(2)
    ? await attempt(`set ${setting} ${text}`, () => write(cwd, setting, text))
    : await attempt(`unset ${setting}`, () => Deno.remove(join(cwd, setting)));
}

async function attempt(what: string, work: () => Promise<void>): Promise<string> {
  return await work().then(() => what, () => `(${what})`);
}

Deno.test("--watch shows last what a fresh review shows, whatever has changed", async () => {
  const seed = Number(Deno.env.get("WATCH_SEED") ?? Date.now() % 1_000_000);
  const random = seededRandom(seed), done: string[] = [];
  await inFolder({ "a.py": "import os\n", ".git/HEAD": "" }, async (cwd) => {
    await watched(["."], { cwd }, async (watch) => {
      for (let round = 0; round < ROUNDS; round++) {
        for (let count = random.below(6); count >= 0; count--) done.push(await change(cwd, random));
        const wanted = await fresh(["."], cwd);
        await watch.shows(wanted).catch((error) => {
          throw new Error(
            `seed ${seed}: ${done.slice(-8).join("; ")}\n${error.message}\nfresh: ${wanted}`,
          );
        });
      }
    });
  });
});

Deno.test("--watch goes on after a text that fills the parser's memory", async () => {
  const well = "class A { void m() { if (a) {} } }\n";
  const bad = `class A { void m(${Array.from({ length: 12 }, (_, n) => `int p${n}`)}) {} }\n`;
  await inFolder({ "a.java": well, "b.java": well }, async (cwd) => {
    await watched(["."], { cwd }, async (watch) => {
      await write(cwd, "a.java", "a=>".repeat(30_000));
      await watch.shows(/a\.java:1:1: .*the parser has no memory left/);
      await write(cwd, "b.java", bad);
      await watch.shows(/b\.java:1:\d+: .*parameters/);
      await write(cwd, "a.java", well);
      await watch.shows(/^(?!.*the parser has no memory left)[^]*parameters/);
      await showsAll(watch, ["."], cwd);
    });
  });
});
