import assert from "node:assert/strict";
import { createStubFilter, isStub } from "./stub_rules.ts";

Deno.test("isStub() goes by the ending", () => {
  assert.ok(isStub("a/b.pyi"));
  assert.ok(!isStub("a/b.py"));
});

Deno.test("createStubFilter() lets names be used before they are defined", () => {
  const text = "from x import (\n  Early,\n  Other as Late,\n)\nclass Here: ...\n" +
    "  def inner() -> None: ...\nT = int\nn: Here\ntype Alias = int\nimport sys\n# class No\n";
  const isLeftOut = createStubFilter(text);
  const undefinedNames = ["Early", "Late", "Here", "inner", "T", "n", "Alias", "sys"];
  for (const name of undefinedNames) {
    assert.ok(isLeftOut("F821", `Undefined name \`${name}\``), name);
  }
  assert.ok(!isLeftOut("F821", "Undefined name `Nowhere`"));
  assert.ok(!isLeftOut("F401", "`T` imported but unused"));
  assert.ok(isLeftOut("I001", "Import block is un-sorted or un-formatted"));
});
