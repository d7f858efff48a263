import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { CATEGORIES } from "../config/choices.ts";
import { type Claim, verifyClaims, type VerifyOptions } from "./claims.ts";
import { type Issue, SEVERITIES } from "./issue.ts";

const lines = ["import os", "", "def f(a):", "    return a", "", "def g(a):", "\treturn  a", ")"];

function claimOf(values: Partial<Claim> = {}): Claim {
  return {
    quote: "def f(a):",
    severity: "major",
    category: "correctness",
    message: "It forgets the last one",
    confidence: 0.7,
    ...values,
  };
}

function verify(claims: Claim[], options: Partial<VerifyOptions> = {}): Issue[] {
  const piece = { first: 1, last: lines.length };
  return verifyClaims(claims, { lines, piece, found: [], focus: [], atMost: 10, ...options });
}

function staticIssue(values: Partial<Issue> = {}): Issue {
  return {
    severity: "minor",
    category: "imports",
    message: "`os` imported but unused",
    rule: "F401",
    line: 1,
    column: 8,
    end: { line: 1, column: 10 },
    ...values,
  };
}

Deno.test("verifyClaims() makes an issue of a claim that quotes a line", () => {
  deepEqual(verify([claimOf({ quote: "    return a", suggestion: "Return  b", confidence: 70 })]), [
    {
      severity: "major",
      category: "correctness",
      message: "It forgets the last one",
      rule: "model",
      line: 4,
      column: 5,
      end: { line: 4, column: 13 },
      source: "model",
      confidence: 0.7,
      suggestion: "Return b",
    },
  ]);
});

Deno.test("verifyClaims() finds the quoted line, or drops the claim", () => {
  const table: [Partial<Claim>, number | undefined][] = [
    [{ quote: "def f(a):" }, 3],
    [{ quote: " def  f(a): " }, 3],
    [{ quote: "3| def f(a):" }, 3],
    [{ quote: "`def f(a):`" }, 3],
    [{ quote: "\n\ndef f(a):\n    return a" }, 3],
    [{ quote: "    return a" }, 4],
    [{ quote: "\treturn  a" }, 7],
    [{ quote: "return a" }, undefined],
    [{ quote: "return a", line: 3 }, 4],
    [{ quote: "return a", line: 999 }, 7],
    [{ quote: "return b", line: 4 }, undefined],
    [{ quote: "def f", line: 3 }, undefined],
    [{ quote: "", line: 2 }, undefined],
    [{ quote: "``", line: 2 }, undefined],
    [{ quote: "3|", line: 2 }, undefined],
  ];
  for (const [claim, line] of table) {
    equal(verify([claimOf(claim)])[0]?.line, line, JSON.stringify(claim));
  }
});

Deno.test("verifyClaims() takes quotes from the piece only", () => {
  const piece = { first: 5, last: 8 };
  deepEqual(verify([claimOf({ quote: "def f(a):" })], { piece }), []);
  equal(verify([claimOf({ quote: "return a" })], { piece })[0]?.line, 7);
});

Deno.test("verifyClaims() drops what is known already", () => {
  const about = { quote: "import os" };
  const table: [Partial<Claim>, boolean][] = [
    [{ ...about, category: "imports", message: "Of no use" }, false],
    [{ ...about, category: "style", message: "The import is unused" }, false],
    [{ ...about, category: "security", message: "Runs commands" }, true],
    [{ quote: "def f(a):", category: "imports", message: "`os` imported but unused" }, true],
  ];
  for (const [claim, stays] of table) {
    const issues = verify([claimOf(claim)], { found: [staticIssue()] });
    equal(issues.length, stays ? 1 : 0, JSON.stringify(claim));
  }
  equal(verify([claimOf(), claimOf({ message: "Something else" })]).length, 1);
});

Deno.test("verifyClaims() keeps to the focus and to the number asked for", () => {
  const claims = ["def f(a):", "def g(a):", ")"].map((quote) => claimOf({ quote }));
  deepEqual(verify(claims, { focus: ["security"] }), []);
  equal(verify(claims, { focus: ["correctness"] }).length, 3);
  deepEqual(verify(claims, { atMost: 2 }).map(({ line }) => line), [3, 6]);
  deepEqual(verify(claims, { atMost: 0 }), []);
});

Deno.test("verifyClaims() gives texts of one line, and no longer than fits", () => {
  const message = `Bad\n## Heading\r\n\x1b[31m${"x".repeat(9_000)}`;
  const [issue] = verify([claimOf({ message, suggestion: message })]);
  ok(issue!.message.startsWith("Bad ## Heading [31mx"));
  equal(issue!.message.length, 400);
  equal(issue!.suggestion!.length, 400);
  deepEqual(verify([claimOf({ message: " \n " })]), []);
});

Deno.test("verifyClaims() holds what it promises, whatever is claimed", () => {
  const word = fc.oneof(fc.constantFrom(...lines), fc.string({ unit: "binary" }));
  const claim = fc.record({
    quote: word,
    line: fc.option(fc.integer(), { nil: undefined }),
    severity: fc.constantFrom(...SEVERITIES),
    category: fc.constantFrom(...CATEGORIES),
    message: fc.string({ unit: "binary" }),
    suggestion: fc.option(fc.string({ unit: "binary" }), { nil: undefined }),
    confidence: fc.double({ noNaN: true }),
  });
  fc.assert(fc.property(fc.array(claim), (claims) => {
    for (const issue of verify(claims, { found: [staticIssue()], atMost: 3 })) {
      equal(issue.source, "model");
      ok(issue.confidence! >= 0 && issue.confidence! <= 1);
      ok(lines[issue.line - 1]!.trim() !== "");
      ok(issue.end.column > issue.column);
      // deno-lint-ignore no-control-regex
      ok(!/[\u0000-\u001f\u007f-\u009f]/.test(issue.message + (issue.suggestion ?? "")));
    }
  }));
});
