import { equal, ok } from "node:assert/strict";
import { actsOnTerminal, fakeIssue, fakeReview, HOSTILE } from "../fake_review.ts";
import { renderGithub } from "./github.ts";

Deno.test("renderGithub() writes one workflow command per issue", () => {
  const review = fakeReview([
    fakeIssue({ severity: "critical" }),
    fakeIssue({ end: { line: 3, column: 2 } }),
    fakeIssue({ severity: "info", end: { line: 1, column: 8 } }),
  ]);
  equal(
    renderGithub("src/a.py", review),
    "::error file=src/a.py,line=1,endLine=1,col=8,endColumn=9,title=F401 (critical)::`os` imported but unused\n" +
      "::warning file=src/a.py,line=1,endLine=3,title=F401 (minor)::`os` imported but unused\n" +
      "::notice file=src/a.py,line=1,endLine=1,col=8,endColumn=8,title=F401 (info)::`os` imported but unused\n",
  );
});

Deno.test("renderGithub() gives what a model found as a notice", () => {
  const issue = fakeIssue({
    severity: "critical",
    message: "Never closed",
    rule: "model",
    source: "model",
    confidence: 0.7,
    suggestion: "Close it",
  });
  equal(
    renderGithub("a.py", fakeReview([issue])),
    "::notice file=a.py,line=1,endLine=1,col=8,endColumn=9," +
      "title=model (critical%2C confidence 0.7)::Never closed%0AClose it\n",
  );
});

Deno.test("renderGithub() gives what a model was not shown as a notice", () => {
  const review = fakeReview([], { model_notes: ["lines 2-9: not\nshown"] });
  equal(renderGithub("a,b.py", review), "::notice file=a%2Cb.py::lines 2-9: not%0Ashown\n");
});

Deno.test("renderGithub() escapes what would end a property or the command", () => {
  const issue = fakeIssue({ message: "50 %\r\n::error::x", rule: "a:b,c%" });
  equal(
    renderGithub("a,b:c%\n.py", fakeReview([issue])),
    "::warning file=a%2Cb%3Ac%25%0A.py,line=1,endLine=1,col=8,endColumn=9," +
      "title=a%3Ab%2Cc%25 (minor)::50 %25%0D%0A::error::x\n",
  );
  const hostile = renderGithub(
    HOSTILE,
    fakeReview([fakeIssue({ message: HOSTILE, rule: HOSTILE })]),
  );
  equal(hostile.split("\n").length, 2);
  ok(!actsOnTerminal(hostile));
});
