import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { createBaselineRun, type KnownFinding } from "./baseline.ts";
import { readBaseline, writeBaseline } from "./baseline_text.ts";

const finding = (text: string): KnownFinding => {
  const [path = "", rule = "", fingerprint = ""] = text.split(" ");
  return { path, rule, fingerprint };
};
const show = ({ path, rule, fingerprint }: KnownFinding) => `${path} ${rule} ${fingerprint}`;

interface World {
  vanished?: string[];
  covers?: boolean;
  checked?: string;
}

function runOf(known: string[], { vanished = [], covers = true, checked = "" }: World = {}) {
  return createBaselineRun(known.map(finding), {
    vanished: new Set(vanished),
    covers: () => covers,
    isChecked: (rule) => rule.startsWith(checked),
  });
}

const found = (...texts: string[]) => (
  { findings: texts.map((text) => finding(`- ${text}`)), isBroken: false }
);

Deno.test("createBaselineRun() knows a file's findings, and drops what is mended", () => {
  const run = runOf(["a.py F1 x:1", "a.py F1 x:2", "b.py F1 x:1"]);
  deepEqual(run.knownIn("a.py"), ["x:1", "x:2"]);
  deepEqual(run.knownIn("c.py"), []);
  equal(run.settle("a.py", found("F1 x:1", "F2 y:1"), run.knownIn("a.py")), true);
  equal(run.mended(), 1);
  deepEqual(run.renewed().map(show), ["a.py F1 x:1", "a.py F2 y:1", "b.py F1 x:1"]);
});

Deno.test("createBaselineRun() keeps what was not looked at", () => {
  const run = runOf(["a.py F1 x:1", "a.py S1 y:1", "gone.py F1 z:1"], {
    vanished: ["gone.py"],
    covers: false,
    checked: "F",
  });
  run.settle("a.py", found("F1 n:1"), run.knownIn("a.py"));
  equal(run.mended(), 1);
  deepEqual(run.renewed().map(show), ["a.py F1 n:1", "a.py S1 y:1", "gone.py F1 z:1"]);
});

Deno.test("createBaselineRun() keeps what a file that does not parse had", () => {
  const run = runOf(["a.py F1 x:1"]);
  run.settle("a.py", { ...found("syntax-error e:1"), isBroken: true }, run.knownIn("a.py"));
  equal(run.mended(), 0);
  deepEqual(run.renewed().map(show), ["a.py F1 x:1", "a.py syntax-error e:1"]);
});

Deno.test("createBaselineRun() moves findings with their file, each once", () => {
  const run = runOf(["old.py F1 x:1", "old.py F1 x:2"], { vanished: ["old.py"] });
  const before = run.knownIn("new.py");
  deepEqual(before, ["x:1", "x:2"]);
  equal(run.settle("new.py", found("F1 x:1"), before), true);
  equal(run.settle("copy.py", found("F1 x:1"), before), false);
  const now = run.knownIn("copy.py");
  deepEqual(now, ["x:2"]);
  equal(run.settle("copy.py", found("F1 x:1"), now), true);
  equal(run.mended(), 1);
  deepEqual(run.renewed().map(show), ["copy.py F1 x:1", "new.py F1 x:1"]);
});

Deno.test("writeBaseline() writes a finding a line, which readBaseline() reads", () => {
  const some = [finding("a.py F1 x:1"), { path: 'b "\n\u2028.py', rule: "F1", fingerprint: "x:1" }];
  const text = writeBaseline(some);
  equal(text.split("\n").length, some.length + 3);
  equal(
    writeBaseline([finding("a.py F1 x:1")]),
    '{"version":1,"findings":[\n{"path":"a.py","rule":"F1","fingerprint":"x:1"}\n]}\n',
  );
  deepEqual(readBaseline(text, "b"), some);
  const findings = fc.array(
    fc.record({ path: fc.string(), rule: fc.string(), fingerprint: fc.string() }),
  );
  fc.assert(
    fc.property(
      findings,
      (all) => deepEqual(readBaseline(writeBaseline(all), "b"), all.map((one) => ({ ...one }))),
    ),
  );
});

Deno.test("readBaseline() says what is wrong", () => {
  const table: [string, RegExp][] = [
    ["", /"b.json": it is not JSON/],
    ["{", /it is not JSON/],
    ["[]", /it is no baseline/],
    ["{}", /it is no baseline/],
    ['<<<<<<< ours\n{"version":1', /marks of a merge conflict/],
    ['{"version":2,"findings":[]}', /another version/],
    ['{"version":1,"findings":[1]}', /its finding 1 has no path/],
  ];
  for (const [text, message] of table) throws(() => readBaseline(text, "b.json"), message);
});
