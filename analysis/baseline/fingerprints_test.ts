import { deepEqual, equal, notEqual } from "node:assert/strict";
import fc from "fast-check";
import { withFingerprints } from "./fingerprints.ts";
import type { Issue } from "../issue.ts";

function issueAt(line: number, values: Partial<Issue> = {}): Issue {
  return {
    severity: "minor",
    category: "imports",
    message: "unused",
    rule: "F401",
    line,
    column: 1,
    end: { line, column: 5 },
    ...values,
  };
}

function printsOf(text: string, issues: Issue[]): string[] {
  const lines = text.split("\n");
  return withFingerprints(issues, (line) => lines[line - 1]).map(({ fingerprint }) => fingerprint!);
}

Deno.test("withFingerprints() goes by rule and text, not by place or message", () => {
  const [first] = printsOf("import os", [issueAt(1)]);
  equal(printsOf("x\n\n  import  os\t", [issueAt(3, { message: "another" })])[0], first);
  notEqual(printsOf("import re", [issueAt(1)])[0], first);
  notEqual(printsOf("import os", [issueAt(1, { rule: "F811" })])[0], first);
});

Deno.test("withFingerprints() numbers equal issues as they are read, whatever their order", () => {
  const text = "import os\nimport os";
  const [one, two] = printsOf(text, [issueAt(1), issueAt(2)]);
  notEqual(one, two);
  deepEqual(printsOf(text, [issueAt(2), issueAt(1)]), [two, one]);
  deepEqual([one, two].map((print) => print?.split(":")[1]), ["1", "2"]);
});

Deno.test("withFingerprints() takes the first lines of a long issue, none of one about the file", () => {
  const long = issueAt(1, { end: { line: 5, column: 2 } });
  const [print] = printsOf("a\nb\nc\nd\ne", [long]);
  equal(printsOf("a\nb\nc\nX\nY", [long])[0], print);
  notEqual(printsOf("a\nX\nc\nd\ne", [long])[0], print);
  const whole = issueAt(1, { wholeFile: true });
  deepEqual(printsOf("a", [whole]), printsOf("b", [whole]));
  const lineAndReturn = issueAt(1, { end: { line: 2, column: 1 } });
  deepEqual(printsOf("a\nb", [lineAndReturn]), printsOf("a\nc", [lineAndReturn]));
});

Deno.test("withFingerprints() asks for the lines of an issue's cell", () => {
  const cells = [["x"], ["import os"]];
  const lineText = (line: number, cell = 0) => cells[cell - 1]?.[line - 1];
  const [{ fingerprint }] = withFingerprints([issueAt(1, { cell: 2 })], lineText) as [Issue];
  equal(fingerprint, printsOf("import os", [issueAt(1)])[0]);
});

Deno.test("withFingerprints() stay when lines come, go and are indented around issues", () => {
  const marked = fc.stringMatching(/^issue [a-c]$/);
  const other = fc.string({ maxLength: 5 }).map((text) => `- ${text.replaceAll("\n", "")}`);
  const file = fc.array(fc.tuple(marked, fc.array(other, { maxLength: 3 })), { maxLength: 8 });
  const layOut = (parts: [string, string[]][], noise: string[][], indent: string) => {
    const lines: string[] = [], issues: Issue[] = [];
    parts.forEach(([text, own], index) => {
      lines.push(...(noise[index] ?? own), indent + text);
      issues.push(issueAt(lines.length, { end: { line: lines.length, column: text.length } }));
    });
    return printsOf(lines.join("\n"), issues);
  };
  fc.assert(
    fc.property(
      file,
      fc.array(fc.array(other)),
      fc.constantFrom("", "  ", "\t"),
      (parts, noise, indent) => {
        const prints = layOut(parts, [], "");
        deepEqual(layOut(parts, noise, indent), prints);
        equal(new Set(prints).size, prints.length);
      },
    ),
  );
});
