import assert from "node:assert/strict";
import { join } from "node:path";
import { DEFAULT_RULES } from "../analysis/default_rules.ts";
import type { RuffSettings } from "../analysis/ruff.ts";
import { createRuffConfigFinder, type RuffConfigFinder } from "./ruff_config.ts";
import { withFolder } from "./testing_folder.ts";

/** Gives `test` a finder for a folder with these files. */
function inFolder(
  files: Record<string, string>,
  test: (find: RuffConfigFinder, folder: string) => Promise<void>,
): Promise<void> {
  return withFolder(files, (folder) => test(createRuffConfigFinder(folder), folder));
}

const lengthOf = ({ options }: RuffSettings) => options["line-length"];
const lintOf = ({ options }: RuffSettings) => options.lint as Record<string, unknown>;
const firstParty = (settings: RuffSettings) =>
  (lintOf(settings).isort as Record<string, unknown>)["known-first-party"];

Deno.test("createRuffConfigFinder() takes the nearest configuration, and in a folder the first kind", async () => {
  const files = {
    "pyproject.toml": "[tool.ruff]\nline-length = 1\n",
    "a/pyproject.toml": "[project]\nname = 'a'\n",
    "b/pyproject.toml": "[tool.ruff]\nline-length = 2\n",
    "b/ruff.toml": "line-length = 3\n",
    "c/ruff.toml": "line-length = 4\n",
    "c/.ruff.toml": "line-length = 5\n",
    "c/d/e.py": "",
  };
  await inFolder(files, async (find, folder) => {
    assert.equal(lengthOf(await find("x.py")), 1);
    assert.equal(lengthOf(await find("a/x.py")), 1);
    assert.equal(lengthOf(await find("b/x.py")), 3);
    assert.equal(lengthOf(await find("c/d/e.py")), 5);
    assert.equal(lengthOf(await find(join(folder, "c") + "/")), 5);
    assert.equal((await find("c/d/e.py")).source, join(folder, "c/.ruff.toml"));
    assert.equal((await find("c/d/e.py")).root, join(folder, "c"));
  });
});

Deno.test("createRuffConfigFinder() gives our defaults where nothing is configured", async () => {
  await inFolder({ "a/b.py": "" }, async (find) => {
    const settings = await find("a/b.py");
    assert.equal(settings.source, null);
    assert.deepEqual(lintOf(settings).select, DEFAULT_RULES);
    assert.equal(settings.options["target-version"], undefined);
  });
});

Deno.test("createRuffConfigFinder() gives the same object for the same folder", async () => {
  await inFolder({ "ruff.toml": "", "a/b/c.py": "" }, async (find) => {
    assert.equal(await find("a/b/c.py"), await find("a/b/d.py"));
    assert.equal(await find("a/x.py"), await find("a/b/d.py"));
  });
});

Deno.test("createRuffConfigFinder() reads the oldest Python from requires-python", async () => {
  const files = {
    "pyproject.toml": '[project]\nrequires-python = ">=3.9"\n[tool.ruff]\n',
    "a/ruff.toml": "",
    "b/pyproject.toml": '[project]\nrequires-python = ">=3.12"\n',
    "b/ruff.toml": 'target-version = "py311"\n',
  };
  await inFolder(files, async (find) => {
    assert.equal((await find("x.py")).options["target-version"], "py39");
    assert.equal((await find("b/x.py")).options["target-version"], "py311");
  });
  await inFolder({ "pyproject.toml": files["b/pyproject.toml"] }, async (find) => {
    assert.equal((await find("x.py")).options["target-version"], "py312");
  });
});

Deno.test("createRuffConfigFinder() follows extend, whose paths start in its own folder", async () => {
  const files = {
    "base/ruff.toml": 'line-length = 7\nextend-exclude = ["gen", "out/*.py"]\n',
    "ruff.toml": 'extend = "base/ruff.toml"\nindent-width = 2\n',
  };
  await inFolder(files, async (find, folder) => {
    const { options, extendExclude } = await find("x.py");
    assert.deepEqual([options["line-length"], options["indent-width"]], [7, 2]);
    assert.deepEqual(extendExclude, ["gen", join(folder, "base/out/*.py")]);
  });
});

Deno.test("createRuffConfigFinder() refuses configurations that extend in a circle or a missing one", async () => {
  const circle = { "ruff.toml": 'extend = "b.toml"\n', "b.toml": 'extend = "ruff.toml"\n' };
  await inFolder(circle, async (find) => {
    await assert.rejects(find("x.py"), { name: "ToolError", message: /extends itself$/ });
  });
  await inFolder({ "ruff.toml": 'extend = "none.toml"\n' }, async (find) => {
    await assert.rejects(find("x.py"), { name: "ToolError", message: /none.toml": no such file/ });
  });
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`${i}.toml`, `extend = "${i + 1}.toml"\n`]),
  );
  await inFolder({ ...many, "ruff.toml": 'extend = "0.toml"\n' }, async (find) => {
    await assert.rejects(find("x.py"), /too many files extend one another/);
  });
});

Deno.test("createRuffConfigFinder() tells file and line of a mistake", async () => {
  await inFolder({ "pyproject.toml": "[tool.ruff]\nline-length = \n" }, async (find, folder) => {
    const path = JSON.stringify(join(folder, "pyproject.toml"));
    await assert.rejects(find("x.py"), (error: Error) => {
      assert.ok(error.message.startsWith(`Cannot read ${path}: line 2: `), error.message);
      return true;
    });
  });
});

Deno.test("createRuffConfigFinder() knows a project's own modules, but never Python's", async () => {
  const files = {
    "ruff.toml": 'lint.isort.known-first-party = ["zeta"]\n',
    "tool.py": "",
    "logging/x.py": "",
    "src/app/__init__.py": "",
    "services/api/core/__init__.py": "",
    "services/api/core/models/__init__.py": "",
    "services/plain/x.py": "",
  };
  await inFolder(files, async (find) => {
    const own = ["app", "services", "src", "tool", "zeta"];
    assert.deepEqual(firstParty(await find("tool.py")), own);
    assert.deepEqual(firstParty(await find("services/plain/x.py")), own);
    assert.deepEqual(
      firstParty(await find("services/api/core/models/x.py")),
      [...own, "core"].sort(),
    );
  });
});

Deno.test("createRuffConfigFinder() looks for modules where src says", async () => {
  const files = { "ruff.toml": 'src = ["lib"]\n', "lib/app.py": "", "tool.py": "" };
  await inFolder(files, async (find) => {
    assert.deepEqual(firstParty(await find("tool.py")), ["app"]);
  });
});
