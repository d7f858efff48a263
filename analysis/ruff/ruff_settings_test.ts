import assert from "node:assert/strict";
import { ignoredRules, isExcluded, isForceExcluded } from "../text/file_patterns.ts";
import { parseRuffConfig, requiredPython, type RuffConfig } from "./ruff_config_file.ts";
import { DEFAULT_SETTINGS, type RuffSettings, settingsFrom, withRules } from "./ruff_settings.ts";
import { ruff } from "./ruff_fixture.ts";
import { covers, knownRules, selectorProblem } from "../rules/selectors.ts";
import { DEFAULT_RULES } from "../rules/default_rules.ts";

const ORIGIN = { source: "/p/ruff.toml", root: "/p", cwd: "/p/sub" };
const settingsOf = (...tomls: string[]) =>
  settingsFrom(tomls.map((toml) => parseRuffConfig(toml, "ruff.toml")!), ORIGIN);
const lintTable = ({ options }: RuffSettings) => options.lint as Record<string, string[]>;
const rulesIn = (text: string, settings: RuffSettings) =>
  ruff.lint(text, settings).map(({ rule }) => rule);

Deno.test("DEFAULT_RULES are selectors of stable rules, none twice", () => {
  for (const selector of DEFAULT_RULES) {
    assert.equal(selectorProblem(selector), undefined, selector);
    const covered = knownRules().filter(({ code }) => covers(selector, code));
    assert.ok(covered.some(({ status }) => status === "stable"), selector);
    const wider = DEFAULT_RULES.filter((other) => other !== selector && covers(other, selector));
    assert.deepEqual(wider, [], selector);
  }
  assert.equal(new Set(DEFAULT_RULES).size, DEFAULT_RULES.length);
});

Deno.test("DEFAULT_SETTINGS find bugs and leave taste alone", () => {
  assert.deepEqual(rulesIn("def _f(a=[]):\n    return b\n", DEFAULT_SETTINGS), ["B006", "F821"]);
  const taste = "x = 'single'\nassert x\nprint(dict(a=1), x)  # TODO: more\n";
  assert.deepEqual(rulesIn(taste, DEFAULT_SETTINGS), []);
});

Deno.test("settingsFrom() lets a project's select win, and corrects our rules otherwise", () => {
  const own = settingsOf('lint.select = ["E7"]\nlint.extend-select = ["F401"]\n');
  assert.deepEqual(lintTable(own).select, ["E7"]);
  assert.ok(own.choosesRules);
  assert.deepEqual(own.perFileIgnores, []);
  assert.deepEqual(rulesIn("import os\nl = 1\nx = y\n", own), ["F401", "E741"]);

  const corrected = settingsOf('lint.ignore = ["B", "F401"]\nlint.extend-select = ["T201"]\n');
  const text = "import os\n\n\ndef _f(a=[]):\n    print(b)\n";
  assert.deepEqual(rulesIn(text, corrected), ["T201", "F821"]);
  assert.ok(!corrected.choosesRules);
});

Deno.test("settingsFrom() takes an empty select at its word", () => {
  assert.deepEqual(rulesIn("import os\nx = y\n", settingsOf("lint.select = []\n")), []);
});

Deno.test("settingsFrom() lets the extending file win over the extended one", () => {
  const merged = settingsOf(
    'line-length = 80\nexclude = ["a"]\nextend-exclude = ["b"]\n' +
      '[lint]\nselect = ["E"]\nignore = ["E7"]\n[lint.mccabe]\nmax-complexity = 3\n',
    'extend = "x"\nextend-exclude = ["c"]\n[lint]\nignore = ["E4"]\n' +
      "[lint.isort]\nforce-single-line = true\n",
  );
  assert.equal(merged.options["line-length"], 80);
  assert.deepEqual(merged.exclude, ["a"]);
  assert.deepEqual(merged.extendExclude, ["b", "c"]);
  assert.deepEqual(structuredClone(lintTable(merged)), {
    select: ["E"],
    ignore: ["E7", "E4"],
    mccabe: { "max-complexity": 3 },
    isort: { "force-single-line": true },
  });
  const reset = settingsOf('lint.select = ["E"]\nlint.ignore = ["E7"]\n', 'lint.select = ["F"]\n');
  assert.deepEqual(lintTable(reset), { select: ["F"] });
});

Deno.test("settingsFrom() fills the target version only where none is set", () => {
  const at = (toml: string) =>
    settingsFrom([parseRuffConfig(toml, "ruff.toml")!], { ...ORIGIN, targetVersion: "py39" })
      .options["target-version"];
  assert.equal(at(""), "py39");
  assert.equal(at('target-version = "py312"'), "py312");
});

Deno.test("parseRuffConfig() reads [tool.ruff] of a pyproject.toml, or says there is none", () => {
  const read = (toml: string) => parseRuffConfig(toml, "a/pyproject.toml");
  assert.equal(read("[project]\nname = 'a'\n"), null);
  assert.equal(read("[tool.black]\n"), null);
  assert.deepEqual(read("[tool.ruff]\nline-length = 100\n")?.options, {
    "line-length": 100,
    lint: {},
  });
});

Deno.test("parseRuffConfig() takes lint options outside of the lint table, as older files have them", () => {
  const config = parseRuffConfig(
    'select = ["E"]\nextend-ignore = ["E7"]\n[per-file-ignores]\n"a.py" = ["E4"]\n',
    "ruff.toml",
  );
  assert.deepEqual(config?.options.lint, { select: ["E"], ignore: ["E7"] });
  assert.deepEqual(config?.perFileIgnores, [{ pattern: "a.py", rules: ["E4"] }]);
});

const WRONG: [toml: string, message: RegExp, hint?: RegExp][] = [
  ["line-length = \n", /line 1: /],
  ["[a\nb = 1\n", /^Cannot read "x\/ruff.toml": line 1/],
  ["\nline-lenght = 1\n", /line 2: "line-lenght" is not an option of Ruff$/, /line-length/],
  ["line-length = '80'\n", /line 1: "line-length" must be a whole number/],
  ["exclude = 'a'\n", /"exclude" must be a list of strings/],
  ["# select\nlint.select = ['F4O1']\n", /line 2: "F4O1" in "select" is not/, /F401/],
  ["lint.select = [1]\n", /"select" must be a list of strings/],
  ["[lint]\nignore = ['ANN101']\n", /line 2: "ANN101" in "ignore" was removed/],
  ["target-version = 'py2'\n", /"target-version" must be one of py37/],
  ["lint = 1\n", /"lint" must be a table/],
  ["[lint.per-file-ignores]\n'a.py' = 'E'\n", /"a.py" must be a list of strings/],
  ["force-exclude = 1\n", /must be true or false/],
];

for (const [toml, message, hint] of WRONG) {
  Deno.test(`parseRuffConfig() refuses ${JSON.stringify(toml)}`, () => {
    assert.throws(
      () => parseRuffConfig(toml, "x/ruff.toml"),
      (error: Error & { hint?: string }) => {
        assert.equal(error.name, "ToolError");
        assert.match(error.message, message);
        assert.ok(!error.message.includes("\n"));
        if (hint) assert.match(error.hint ?? "", hint);
        return true;
      },
    );
  });
}

Deno.test("requiredPython() reads the oldest version that a project admits", () => {
  const read = (spec: string) => requiredPython(`[project]\nrequires-python = "${spec}"\n`);
  assert.equal(read(">=3.9"), "py39");
  assert.equal(read(">=3.11,<4"), "py311");
  assert.equal(read("~=3.12.1"), "py312");
  assert.equal(read("<4"), undefined);
  assert.equal(read(">=3.99"), undefined);
  assert.equal(requiredPython("not toml ["), undefined);
});

Deno.test("withRules() does what --select, --ignore and --extend-select say", () => {
  const text = "import os\nl = 1\nx = y\nprint(x == None)\n";
  const select = (choice: Parameters<typeof withRules>[1], base = DEFAULT_SETTINGS) =>
    rulesIn(text, withRules(base, choice));
  assert.deepEqual(select({ select: ["F"] }), ["F401", "F821"]);
  assert.deepEqual(select({ select: ["F", "E7"], ignore: ["F4"] }), ["E741", "F821", "E711"]);
  assert.deepEqual(select({ select: ["F401,E741"] }), ["F401", "E741"]);
  assert.deepEqual(select({ ignore: ["E", "F821"] }), ["F401"]);
  assert.deepEqual(select({ select: ["F821"], extendSelect: ["T201"] }), ["F821", "T201"]);
  const project = settingsOf('lint.select = ["E"]\nlint.extend-select = ["F821"]\n');
  assert.deepEqual(select({ ignore: ["F"] }, project), ["E741", "E711"]);
  assert.deepEqual(select({ select: ["F401"] }, project), ["F401"]);
  assert.equal(withRules(DEFAULT_SETTINGS, {}), DEFAULT_SETTINGS);
});

Deno.test("withRules() refuses unknown rules and names the nearest", () => {
  for (const choice of [{ ignore: ["F4O1"] }, { select: ["F4O1"] }]) {
    assert.throws(() => withRules(DEFAULT_SETTINGS, choice), {
      name: "ToolError",
      message: 'Cannot use the rule "F4O1": it is not a rule or a prefix of rules',
      hint: "did you mean F401?",
    });
  }
});

Deno.test("isExcluded() leaves out what Ruff leaves out", () => {
  const settings = settingsOf('extend-exclude = ["gen", "docs/*.py", "./old/a.py", "/p/abs"]\n');
  const CASES: [path: string, excluded: boolean][] = [
    ["a.py", false],
    [".venv", true],
    ["/p/x/node_modules", true],
    ["gen", true],
    ["generated", false],
    ["/p/docs/conf.py", true],
    ["/p/docs/deep/conf.py", true],
    ["/p/sub/docs/conf.py", false],
    ["../docs/conf.py", true],
    ["/p/old/a.py", true],
    ["/p/abs", true],
    ["/elsewhere/docs/conf.py", false],
    ["/elsewhere/gen", true],
  ];
  for (const [path, excluded] of CASES) assert.equal(isExcluded(settings, path), excluded, path);
});

Deno.test("isForceExcluded() also asks about the folders above, when force-exclude is on", () => {
  const exclude = 'extend-exclude = ["gen", "docs/*.py"]\n';
  const CASES: [path: string, excluded: boolean][] = [
    ["a.py", false],
    ["gen", true],
    ["gen/deep/a.py", true],
    ["/p/build/a.py", false],
    ["/p/dist/a.py", true],
    ["/p/docs/conf.py", true],
    ["/elsewhere/gen/a.py", false],
    ["/elsewhere/gen", true],
  ];
  const forced = settingsOf(`force-exclude = true\n${exclude}`);
  for (const [path, excluded] of CASES) {
    assert.equal(isForceExcluded(forced, path), excluded, path);
    assert.equal(isForceExcluded(settingsOf(exclude), path), false, path);
  }
});

Deno.test("settingsFrom() merges keys that are names of Object.prototype", () => {
  const read = (toml: string) => parseRuffConfig(toml, "ruff.toml")!;
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    const configs = [`[lint]\n${name} = { a = 1 }\n`, `[lint]\n${name} = { b = 2 }\n`].map(read);
    const { lint } = settingsFrom(configs, ORIGIN).options as { lint: object };
    assert.deepEqual(Object.getOwnPropertyDescriptor(lint, name)?.value, { a: 1, b: 2 }, name);
  }
});

Deno.test("DEFAULT_SETTINGS ask for less in tests", () => {
  for (const path of ["test_a.py", "tests/a.py", "/x/tests/a.py", "pkg/conftest.py"]) {
    assert.ok(ignoredRules(DEFAULT_SETTINGS, path)?.("S105"), path);
  }
  assert.equal(ignoredRules(DEFAULT_SETTINGS, "pkg/contest.py"), undefined);
  const wanted = settingsOf('lint.extend-select = ["S101"]\n');
  assert.ok(!ignoredRules(wanted, "/p/tests/a.py")?.("S101"));
});

Deno.test("settingsFrom() takes what is not ours to know without complaint", () => {
  const config: RuffConfig | null = parseRuffConfig(
    'required-version = ">=99"\nfix = true\ncache-dir = "x"\n[per-file-target-version]\n',
    "ruff.toml",
  );
  assert.deepEqual(rulesIn("import os\n", settingsFrom([config!], ORIGIN)), ["F401"]);
});
