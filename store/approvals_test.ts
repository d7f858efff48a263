import assert from "node:assert/strict";
import { openApprovals } from "./approvals.ts";

async function withState(test: (state: string) => Promise<void>): Promise<void> {
  const state = await Deno.makeTempDir();
  try {
    await test(state);
  } finally {
    await Deno.remove(state, { recursive: true });
  }
}

Deno.test("openApprovals() keeps what was allowed, for its project alone", () =>
  withState(async (state) => {
    const [one, other] = [`${state}/one`, `${state}/other`];
    await Deno.mkdir(one);
    await Deno.mkdir(other);
    const approvals = openApprovals({ state, project: one });
    assert.equal(await approvals.has("write_file"), false);
    await approvals.add("write_file");
    await approvals.add("github:push#abc");
    await approvals.add("write_file");
    const again = openApprovals({ state, project: one });
    assert.deepEqual(again.list(), ["github:push#abc", "write_file"]);
    assert.equal(await again.has("write_file"), true);
    assert.equal(await openApprovals({ state, project: other }).has("write_file"), false);
    await again.remove("write_file");
    assert.deepEqual(approvals.list(), ["github:push#abc"]);
    await again.remove();
    assert.deepEqual(approvals.list(), []);
  }));

Deno.test("openApprovals() knows a project by its real folder", () =>
  withState(async (state) => {
    await Deno.mkdir(`${state}/real`);
    await Deno.symlink(`${state}/real`, `${state}/link`);
    await openApprovals({ state, project: `${state}/link` }).add("write_file");
    assert.equal(await openApprovals({ state, project: `${state}/real` }).has("write_file"), true);
  }));

Deno.test("openApprovals() allows nothing that a broken file says, and no name by accident", () =>
  withState(async (state) => {
    for (const text of ["{", "[]", '{"/p": "write_file"}', '{"/p": [{}]}']) {
      await Deno.writeTextFile(`${state}/approvals.json`, text);
      assert.equal(await openApprovals({ state, project: "/p" }).has("write_file"), false);
    }
    assert.deepEqual(openApprovals({ state, project: "/constructor" }).list(), []);
    await openApprovals({ state, project: "/__proto__" }).add("write_file");
    assert.equal(await openApprovals({ state, project: "/p" }).has("write_file"), false);
  }));
