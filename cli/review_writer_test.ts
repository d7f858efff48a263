import { deepEqual, equal, match } from "node:assert/strict";
import { fakeApp } from "./fake_app.ts";
import { fakeIssue, fakeReview } from "./fake_review.ts";
import type { ReviewFormat } from "./formats/formats.ts";
import { createReviewWriter } from "./review_writer.ts";

const rules = new TextEncoder().encode(JSON.stringify([
  { code: "F401", name: "unused-import", linter: "Pyflakes", status: "stable", fixable: "always" },
]));

const NONE = new TextEncoder().encode("[]");

async function written(format: ReviewFormat, single: boolean, files: number) {
  const app = fakeApp({
    loadAsset: (name) => Promise.resolve(name === "rules.json" ? rules : NONE),
  });
  let ms = 0;
  const writer = await createReviewWriter([{ format, output: app.stdout }], app, {
    single,
    now: () => ms += 500,
  });
  for (let i = 0; i < files; i++) {
    writer.file(`${i}.py`, fakeReview([fakeIssue()]), () => "import os");
  }
  writer.problem("gone.py", "no such file");
  writer.end();
  return { out: app.stdout.text, err: app.stderr.text };
}

Deno.test("createReviewWriter() writes JSON that parses, whatever the number of files", async () => {
  for (const files of [0, 1, 3]) {
    const { out, err } = await written("json", false, files);
    const { version, files: reviews, problems, summary } = JSON.parse(out);
    deepEqual(problems, [{ path: "gone.py", message: "no such file" }]);
    deepEqual([version, reviews.length, summary.files, err], [1, files, files, ""]);
    if (files > 0) {
      deepEqual(
        [reviews[0].path, reviews[0].overall_score, reviews[0].issues[0].rule],
        ["0.py", 90, "F401"],
      );
    }
  }
});

Deno.test("createReviewWriter() writes the verdict of one file, the summary of many", async () => {
  const one = await written("text", true, 1);
  match(one.out, /F401[^]*score 90\/100/);
  equal(one.err, "");
  const many = await written("text", false, 2);
  equal(many.out.includes("score"), false);
  match(
    many.err,
    /^Reviewed 2 files \(20 lines\) in 500 ms: 2 issues \(2 minor\) in 2 files, score 90\/100\n$/,
  );
});

Deno.test("createReviewWriter() writes nothing before the first file", async () => {
  const app = fakeApp();
  const writer = await createReviewWriter([{ format: "json", output: app.stdout }], app);
  equal(app.stdout.text, "");
  writer.file("a.py", fakeReview([]), () => undefined);
  match(app.stdout.text, /^\{"version":1/);
});

Deno.test("createReviewWriter() writes annotations", async () => {
  equal((await written("github", false, 2)).out.match(/^::warning file=/gm)?.length, 2);
});

Deno.test("createReviewWriter() writes SARIF with the rules' help and the problems", async () => {
  const [run] = JSON.parse((await written("sarif", false, 2)).out).runs;
  equal(run.results.length, 2);
  deepEqual(run.tool.driver.rules.map(({ id, name }: Record<string, string>) => [id, name]), [
    ["F401", "unused-import"],
  ]);
  equal(run.invocations[0].executionSuccessful, false);
});
