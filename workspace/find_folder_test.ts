import assert from "node:assert/strict";
import { ToolError } from "../config/tool_error.ts";
import { findFolder } from "./find_folder.ts";
import { withFolder } from "./testing_folder.ts";

Deno.test("findFolder() follows links, and refuses what is no folder", () =>
  withFolder({ "a/b.py": "" }, (folder) => {
    Deno.symlinkSync(`${folder}/a`, `${folder}/link`);
    assert.equal(findFolder(`${folder}/link`), Deno.realPathSync(`${folder}/a`));
    assert.throws(() => findFolder(`${folder}/a/b.py`), /not a folder/);
    assert.throws(() => findFolder(`${folder}/missing`), ToolError);
    return Promise.resolve();
  }));
