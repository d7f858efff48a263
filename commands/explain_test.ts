import { deepEqual, equal, match, ok } from "node:assert/strict";
import { fakeApp } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";

const catalogue = [
  {
    code: "F401",
    name: "unused-import",
    linter: "Pyflakes",
    status: "stable",
    fixable: "sometimes",
    summary: "An import is not used.",
    why: "It costs time and misleads.",
    instead: "Remove `import os`.",
  },
  { code: "ZZ1", name: "odd\x1b[2J", linter: "Odd", status: "preview", fixable: "none" },
];

const BIOME = [
  { code: "lint/suspicious/noDoubleEquals", severity: "error", fix: "unsafe", recommended: true },
];

async function run(...argv: string[]) {
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const app = fakeApp({
    loadAsset: (name) => Promise.resolve(json(name === "rules.json" ? catalogue : BIOME)),
  });
  const entry = { name: "explain", summary: "explain", load: () => import("./explain.ts") };
  await runProgram(["explain", ...argv], app, [entry]);
  return { out: app.stdout.text, err: app.stderr.text, code: app.exitCode };
}

Deno.test("explain shows a rule by its code or name, in any case", async () => {
  for (const word of ["F401", "f401", "unused-import", " F401 "]) {
    equal(
      (await run(word)).out,
      `F401 unused-import

An import is not used.

  linter    Pyflakes
  severity  minor
  category  imports
  fix       sometimes, safe unless the finding says otherwise
  checked   by default

Why it matters
  It costs time and misleads.

What to do
  Remove \`import os\`.

https://docs.astral.sh/ruff/rules/unused-import
`,
    );
  }
});

Deno.test("explain shows a rule of Biome by its code or name", async () => {
  for (const word of ["lint/suspicious/noDoubleEquals", "noDoubleEquals"]) {
    equal(
      (await run(word)).out,
      `lint/suspicious/noDoubleEquals noDoubleEquals

No double equals (Biome).

  linter    Biome
  severity  major
  category  correctness
  fix       sometimes, unsafe: look at what it does
  checked   by default

https://biomejs.dev/linter/rules/no-double-equals/
`,
    );
  }
});

Deno.test("explain shows what little is known of a rule, harmlessly", async () => {
  const { out } = await run("ZZ1");
  match(out, /^ZZ1 odd\\x1b\[2J\n/);
  match(
    out,
    /fix {7}none: it takes a person\n {2}checked {3}with --select ZZ1\n {2}status {4}preview/,
  );
});

Deno.test("explain --json has all fields", async () => {
  const { version, code, by_default, safe_fix, severity } = JSON.parse(
    (await run("F401", "--json")).out,
  );
  deepEqual([version, code, by_default, safe_fix, severity], [1, "F401", true, true, "minor"]);
});

Deno.test("explain without a rule lists those checked by default", async () => {
  match(
    (await run()).out,
    /^rule +severity +category +name\n[^]*F401 +minor +imports +unused-import/,
  );
  const { rules } = JSON.parse((await run("--json")).out);
  ok(rules.every((rule: { by_default: boolean }) => rule.by_default));
});

Deno.test("explain names the nearest of an unknown rule", async () => {
  const { err, code } = await run("unused-imprt");
  match(
    err,
    /^devmcp: Cannot explain "unused-imprt": no such rule; did you mean "unused-import"\?/,
  );
  equal(code, 2);
});
