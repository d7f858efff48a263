import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULT_RULES } from "../analysis/rules/default_rules.ts";
import type { RuffSettings } from "../analysis/ruff/ruff.ts";
import { createRuffConfigFinder, type RuffConfigFinder } from "./ruff_config.ts";
import { withFolder } from "./testing_folder.ts";
import { openWorkspace } from "./workspace.ts";

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

/** What a confined workspace in `work/`, beside other files, says about the settings of a file. */
function inWork(
  files: Record<string, string>,
  test: (find: (path: string) => Promise<RuffSettings>, folder: string) => Promise<void>,
): Promise<void> {
  return withFolder({ "work/sub/a.py": "", ...files }, (folder) => {
    const workspace = openWorkspace(join(folder, "work"), { confined: true });
    return test((path) => workspace.ruffSettings(path), folder);
  });
}

Deno.test("createRuffConfigFinder() with a boundary refuses configuration outside of it", async (t) => {
  const secret = { "secret/creds.toml": 'aws-key = "hunter2"\n' };
  const refused = (message: string) => (error: Error & { hint?: string }) => {
    assert.equal(error.message, message);
    assert.doesNotMatch(`${error.message} ${error.hint}`, /creds|aws-key|hunter2/);
    return true;
  };
  for (const extend of ["../../secret/creds.toml", "../../secret/none.toml", "/etc/hostname"]) {
    await t.step(
      `extend = ${extend}`,
      () =>
        inWork({ ...secret, "work/sub/ruff.toml": `extend = "${extend}"\n` }, async (find) => {
          await assert.rejects(
            find("sub/a.py"),
            refused(
              `Cannot use "${join("sub", "ruff.toml")}": its \`extend\` leaves the workspace`,
            ),
          );
        }),
    );
  }
  for (const name of ["ruff.toml", "pyproject.toml"]) {
    await t.step(`a link called ${name}`, () =>
      inWork(secret, async (find, folder) => {
        await symlink(join(folder, "secret/creds.toml"), join(folder, "work", name));
        await assert.rejects(
          find("sub/a.py"),
          refused(`Cannot read "${name}": it is outside the workspace`),
        );
      }));
  }
  await t.step(
    "extend through a link",
    () =>
      inWork(
        { ...secret, "work/ruff.toml": 'extend = "away/creds.toml"\n' },
        async (find, folder) => {
          await symlink("../secret", join(folder, "work/away"));
          const message = /^Cannot read "away\/creds.toml": it is outside the workspace$/;
          await assert.rejects(find("sub/a.py"), { name: "ToolError", message });
        },
      ),
  );
});

Deno.test("createRuffConfigFinder() with a boundary names files relative to it", () =>
  inWork({ "work/ruff.toml": "line-lenght = 1\n" }, async (find) => {
    await assert.rejects(find("sub/a.py"), /^ToolError: Cannot use "ruff.toml": line 1: /);
  }));

Deno.test("createRuffConfigFinder() with a boundary extends what is inside", () =>
  inWork(
    { "work/base.toml": "line-length = 7\n", "work/sub/ruff.toml": 'extend = "../base.toml"\n' },
    async (find, folder) => {
      assert.equal(lengthOf(await find("sub/a.py")), 7);
      assert.equal(lengthOf(await find(join(folder, "work/sub/a.py"))), 7);
      assert.equal((await find("sub/a.py")).root, join(folder, "work/sub"));
    },
  ));

Deno.test("createRuffConfigFinder() with a boundary ends its search there", () =>
  inWork({
    "ruff.toml": "broken",
    "pyproject.toml": '[project]\nrequires-python = ">=3.9"\n',
    "__init__.py": "",
    "work/__init__.py": "",
    "work/sub/__init__.py": "",
  }, async (find) => {
    const settings = await find("sub/a.py");
    assert.equal(settings.source, null);
    assert.equal(settings.options["target-version"], undefined);
    assert.deepEqual(firstParty(settings), ["__init__", "sub", "work"]);
  }));

Deno.test("createRuffConfigFinder() with a boundary lists no folder outside of it", () =>
  inWork({
    "home/private_name.py": "",
    "work/lib/app.py": "",
    "work/ruff.toml": 'src = ["../home", "away", "lib", "/etc"]\n',
  }, async (find, folder) => {
    await symlink("../home", join(folder, "work/away"));
    assert.deepEqual(firstParty(await find("sub/a.py")), ["app"]);
  }));

Deno.test("createRuffConfigFinder() with a boundary knows its root under a linked name", () =>
  withFolder({ "real/ruff.toml": "line-length = 7\n", "real/a.py": "" }, async (folder) => {
    await symlink("real", join(folder, "link"));
    const workspace = openWorkspace(join(folder, "link"), { confined: true });
    for (const path of ["a.py", join(folder, "link/a.py"), join(folder, "real/a.py")]) {
      assert.equal(lengthOf(await workspace.ruffSettings(path)), 7);
    }
  }));
