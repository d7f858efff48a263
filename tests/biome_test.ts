import assert from "node:assert/strict";
import { join } from "node:path";
import { devmcp, inFolder } from "./devmcp.ts";

const FILES = {
  "a.ts": "let a:any = 1\nif (a == 1) { debugger }\nexport { a }\n",
  "b.tsx": 'export const B = () => <img src="b.png"/>\n',
  "c.json": '{"c": 1,\n"c": 2}\n',
  "d.css": "a { color: red; color: blue }\n",
};

/** What Biome formats these to. */
const FORMATTED = {
  "a.ts": "let a: any = 1;\nif (a == 1) {\n\tdebugger;\n}\nexport { a };\n",
  "b.tsx": 'export const B = () => <img src="b.png" />;\n',
  "c.json": '{ "c": 1, "c": 2 }\n',
  "d.css": "a {\n\tcolor: red;\n\tcolor: blue;\n}\n",
};

interface FileIssues {
  path: string;
  issues: { rule: string; line: number; column: number; fix?: { safe: boolean } }[];
}

Deno.test("review finds what Biome finds in TypeScript, TSX, JSON and CSS", async () => {
  await inFolder(FILES, async (cwd) => {
    const text = await devmcp(["review", "."], { cwd });
    assert.equal(text.code, 1);
    assert.match(text.stdout, /^a\.ts:2:7: major lint\/suspicious\/noDoubleEquals Using == may/m);
    assert.match(text.stdout, /^c\.json:1:2: major lint\/suspicious\/noDuplicateObjectKeys /m);
    const json = await devmcp(["review", "--json", "."], { cwd });
    const files: FileIssues[] = JSON.parse(json.stdout).files;
    const found = files.map(({ path, issues }) => [path, issues.map(({ rule }) => rule).sort()]);
    assert.deepEqual(found, [
      ["a.ts", [
        "lint/style/useConst",
        "lint/suspicious/noDebugger",
        "lint/suspicious/noDoubleEquals",
        "lint/suspicious/noExplicitAny",
      ]],
      ["b.tsx", ["lint/a11y/useAltText"]],
      ["c.json", ["lint/suspicious/noDuplicateObjectKeys"]],
      ["d.css", ["lint/suspicious/noDuplicateProperties"]],
    ]);
    const [{ issues }] = files as [FileIssues];
    assert.equal(issues.find(({ rule }) => rule === "lint/style/useConst")!.fix!.safe, true);
  });
});

Deno.test("format lays out TypeScript, TSX, JSON and CSS as Biome does", async () => {
  await inFolder(FILES, async (cwd) => {
    const check = await devmcp(["format", "--check", "."], { cwd });
    assert.deepEqual([check.code, check.stdout.match(/would reformat/g)!.length], [1, 4]);
    assert.equal((await devmcp(["format", "."], { cwd })).code, 0);
    for (const [name, text] of Object.entries(FORMATTED)) {
      assert.equal(await Deno.readTextFile(join(cwd, name)), text);
    }
    const again = await devmcp(["format", "--check", "."], { cwd });
    assert.deepEqual([again.code, again.stdout], [0, ""]);
  });
});

Deno.test("review and format tell of code that does not parse, and format leaves it", async () => {
  await inFolder({ "a.json": '{"a": }', "b.ts": "let x = ;\n" }, async (cwd) => {
    const review = await devmcp(["review", "."], { cwd });
    assert.equal(review.code, 1);
    assert.match(review.stdout, /^a\.json:1:7: critical syntax-error Expected an array/m);
    assert.match(review.stdout, /^b\.ts:1:9: critical syntax-error Expected an expression/m);
    const format = await devmcp(["format", "."], { cwd });
    assert.equal(format.code, 2);
    assert.match(
      format.stderr,
      /a\.json: Cannot format the code: syntax error in line 1, column 7/,
    );
    assert.equal(await Deno.readTextFile(join(cwd, "a.json")), '{"a": }');
  });
});

Deno.test("biome.json, what it extends, .editorconfig and package.json are honoured", async () => {
  const files = {
    "biome.json": JSON.stringify({
      extends: ["./shared.jsonc"],
      formatter: { useEditorconfig: true },
      linter: { rules: { recommended: true, suspicious: { noDebugger: "off" } } },
    }),
    "shared.jsonc": '// ours\n{ "javascript": { "formatter": { "quoteStyle": "single" } } }',
    ".editorconfig": "[*]\nindent_style = space\nindent_size = 3\n",
    "package.json": '{ "dependencies": { "react": "19.0.0" } }',
    "src/a.jsx": 'import { useEffect } from "react";\n' +
      "export function A(b) { debugger; if (b) { useEffect(() => {}); } }\n",
  };
  await inFolder(files, async (cwd) => {
    const review = await devmcp(["review", "--json", "src"], { cwd });
    const [{ issues }]: [FileIssues] = JSON.parse(review.stdout).files;
    assert.deepEqual(issues.map(({ rule }) => rule), ["lint/correctness/useHookAtTopLevel"]);
    await devmcp(["format", "src"], { cwd });
    assert.equal(
      await Deno.readTextFile(join(cwd, "src/a.jsx")),
      "import { useEffect } from 'react';\nexport function A(b) {\n   debugger;\n   if (b) {\n" +
        "      useEffect(() => {});\n   }\n}\n",
    );
  });
});

Deno.test("a broken biome.json is told in one line, and the exit code is 2", async () => {
  const cases: [config: string, told: RegExp][] = [
    ['{\n"formater": {}}', /biome\.json": line 2: Found an unknown key `formater` \(did you mean/],
    ["{", /biome\.json": line 1: /],
    ['{"extends": ["./gone.json"]}', /it extends "\.\/gone\.json", but it is not there/],
    ['{"extends": ["@a/b"]}', /it extends "@a\/b", but it is not there/],
  ];
  for (const [config, told] of cases) {
    await inFolder({ ...FILES, "biome.json": config }, async (cwd) => {
      for (const command of ["review", "format"]) {
        const { code, stdout, stderr } = await devmcp([command, "a.ts", "b.tsx", "d.css"], { cwd });
        const lines = stderr.split("\n").filter((line) => line.startsWith("devmcp: "));
        assert.deepEqual([code, lines.length], [2, 1], `${command}: ${stdout}${stderr}`);
        assert.match(lines[0]!, told);
      }
    });
  }
});
