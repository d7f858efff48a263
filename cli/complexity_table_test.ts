import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { ComplexityReport, FunctionComplexity } from "../analysis/complexity.ts";
import { CSV_HEADER, renderCsv } from "./complexity_csv.ts";
import { renderComplexity, renderComplexitySummary } from "./complexity_table.ts";
import { createComplexityTally } from "./complexity_tally.ts";
import { createComplexityWriter } from "./complexity_writer.ts";
import { fakeApp, RecordedOutput } from "./fake_app.ts";
import { actsOnTerminal, HOSTILE } from "./fake_review.ts";
import { textWidth } from "./width.ts";

function fakeFunction(name: string, cyclomatic: number, line = 1): FunctionComplexity {
  return {
    name,
    line,
    endLine: line + 4,
    column: 1,
    cyclomatic,
    rank: cyclomatic > 10 ? "C" : "A",
    cognitive: 3,
    length: 5,
    parameters: 2,
    nesting: 1,
    documented: false,
    public: true,
    kind: "function",
  };
}

function fakeReport(functions: FunctionComplexity[]): ComplexityReport {
  return {
    language: "python",
    lines: 9,
    cyclomatic: 20,
    cognitive: 9,
    raw: { loc: 9, lloc: 8, sloc: 7, comments: 0, multi: 0, blank: 1, singleComments: 1 },
    halstead: null,
    maintainabilityIndex: 44.32,
    maintainabilityRank: "A",
    functions,
    classes: [],
    moduleDocumented: false,
    notMeasured: [],
  };
}

const report = fakeReport([fakeFunction("small", 1), fakeFunction("Large.method", 12, 9)]);

Deno.test("renderComplexity() tells places of notebooks by cell", () => {
  const tally = createComplexityTally(0, 10);
  tally.add("a.ipynb", fakeReport([{ ...fakeFunction("f", 2, 40), cell: 3, cellLine: 2 }]));
  match(renderComplexity(tally, { color: false, columns: 80 }), / f +a\.ipynb:cell 3:2\n/);
});

Deno.test("renderComplexity() shows the worst first", () => {
  const tally = createComplexityTally(0, 10);
  tally.add("a.py", report);
  equal(
    renderComplexity(tally, { color: false, columns: 80, max: 10 }),
    `rank  cycl  cogn  lines  nest  args  function      place
C       12     3      5     1     2  Large.method  a.py:9
A        1     3      5     1     2  small         a.py:1

cycl  cogn    MI  fns  file
  20     9  44.3    2  a.py
`,
  );
  equal(
    renderComplexitySummary(tally.summary(), 10),
    "Measured 2 functions in 1 file: cyclomatic complexity 6.5 on average, 12 at most; 1 function above 10\n",
  );
});

Deno.test("renderComplexity() sums up the languages where there are several", () => {
  const tally = createComplexityTally(0);
  tally.add("a.py", report);
  tally.add("a.go", { ...report, language: "go", lines: 1200, functions: [] });
  ok(
    renderComplexity(tally, { color: false, columns: 80 }).endsWith(`
files  lines  fns  mean  most  language
    1  1,200    0     -     -  Go
    1      9    2   6.5    12  Python
`),
  );
});

Deno.test("renderComplexity() fits every terminal and lets nothing hostile through", () => {
  const tally = createComplexityTally(0);
  tally.add(
    `${"folder/".repeat(20)}${HOSTILE}.py`,
    fakeReport([fakeFunction("中文".repeat(40), 3)]),
  );
  for (const columns of [40, 64, 80, 110, 200]) {
    const text = renderComplexity(tally, { color: false, columns });
    ok(!actsOnTerminal(text));
    for (const line of text.split("\n")) ok(textWidth(line) <= columns, `${columns}: ${line}`);
  }
});

Deno.test("renderComplexity() says what it left out", () => {
  const tally = createComplexityTally(1);
  for (let i = 0; i < 50; i++) tally.add(`${i}.py`, report);
  const text = renderComplexity(tally, { color: false, columns: 80 });
  ok(text.includes("99 more functions not shown; --top 0 shows all"));
  ok(text.includes("49 more files not shown"));
  equal(tally.functions()[0]?.name, "Large.method");
});

Deno.test("renderComplexity() says what could not be measured, in bounds", () => {
  const tally = createComplexityTally(0);
  const shown = () => renderComplexity(tally, { color: false, columns: 40 }).split("\n\n").at(-1)!;
  const notMeasured = ["Halstead metrics: the file has syntax errors"];
  tally.add(`a${HOSTILE}.py`, { ...report, notMeasured });
  ok(!actsOnTerminal(shown()));
  ok(shown().replaceAll("\n  ", " ").endsWith(`.py: ${notMeasured[0]}\n`), shown());
  for (let i = 0; i < 1020; i++) tally.add(`${i}.py`, { ...report, notMeasured });
  equal(shown().match(/Halstead/g)?.length, 20);
  ok(shown().endsWith("\nand 1,001 more; --json has all\n"));
});

Deno.test("renderComplexitySummary() of nothing", () => {
  const tally = createComplexityTally(0);
  equal(renderComplexitySummary(tally.summary()), "Measured no files\n");
  tally.add("a.py", fakeReport([]));
  equal(renderComplexitySummary(tally.summary()), "Measured 0 functions in 1 file\n");
});

Deno.test("renderCsv() follows RFC 4180 and starts no formula", () => {
  equal(
    CSV_HEADER,
    "path,function,line,end_line,rank,cyclomatic,cognitive,length,nesting,parameters,language\r\n",
  );
  const cases: [string, string][] = [
    ["a.py", "a.py"],
    ['a,"b".py', '"a,""b"".py"'],
    ["=1+1.py", "./=1+1.py"],
    ["@x.py", "./@x.py"],
    ["a\x1b.py", "a\\x1b.py"],
  ];
  for (const [path, cell] of cases) {
    equal(
      renderCsv(path, fakeReport([fakeFunction("f", 1)])),
      `${cell},f,1,5,A,1,3,5,1,2,python\r\n`,
    );
  }
});

Deno.test("createComplexityWriter() writes each format", async () => {
  const write = async (format: "text" | "json" | "csv", isTerminal = false) => {
    const app = fakeApp({ stdout: new RecordedOutput({ isTerminal, columns: 40 }) });
    const writer = await createComplexityWriter(format, app, { top: 5 });
    writer.file("some/long/folder/name/a.py", report);
    writer.file("b.py", report);
    writer.problem("gone.py", "no such \x1bfile");
    writer.end();
    return { out: app.stdout.text, err: app.stderr.text };
  };
  const { files, problems, summary, version } = JSON.parse((await write("json")).out);
  deepEqual(problems, [{ path: "gone.py", message: "no such \x1bfile" }]);
  deepEqual([version, summary.files, summary.functions, files.length], [1, 2, 4, 2]);
  equal(files[0].cyclomatic_complexity, 20);
  equal(files[0].raw.single_comments, 1);
  equal(files[0].functions[0].end_line, 13);
  equal((await write("csv")).out.split("\r\n").length, 6);
  ok((await write("text")).out.includes("some/long/folder/name/a.py:9"));
  ok(!(await write("text", true)).out.includes("some/long/folder/name/a.py:9"));
  ok((await write("text")).err.startsWith("Measured 4 functions in 2 files"));
});
