import assert from "node:assert/strict";
import { fakeApp } from "../cli/fake_app.ts";
import { withFolder } from "../workspace/testing_folder.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { findInputs } from "./on_files.ts";

Deno.test("findInputs() leaves out named files only with force-exclude", async () => {
  const files = {
    "a.py": "",
    "gen/b.py": "",
    "gen/sub/c.py": "",
    "build/d.py": "",
    "gem/e.py": "",
  };
  const operands = ["a.py", "gen/b.py", "gen/sub/c.py", "build/d.py", "gem"];
  for (const force of [false, true]) {
    const toml = `force-exclude = ${force}\nexclude = ["build"]\nextend-exclude = ["gen/"]\n`;
    await withFolder({ ...files, "ruff.toml": toml }, async (folder) => {
      const workspace = openWorkspace(folder);
      const app = fakeApp({ cwd: folder, openWorkspace: () => Promise.resolve(workspace) });
      const found = await findInputs(app, { operands, verb: "Reviewing", purpose: "review" });
      const named = force ? [] : ["gen/b.py", "gen/sub/c.py", "build/d.py"];
      assert.deepEqual(found.map(({ path }) => path), ["a.py", ...named, "gem/e.py"]);
    });
  }
});
