import assert from "node:assert/strict";
import fc from "fast-check";
import { type Git, GitError } from "../config/git.ts";
import { createGit } from "../sandbox/run_git.ts";
import { openBlobs } from "./git_blobs.ts";
import { testEnvironment, withRepository } from "./repository_fixture.ts";

Deno.test("openBlobs() gives any content byte for byte, in whatever order it is asked for", async () => {
  const content = fc.uint8Array({ maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 20 }), async (contents) => {
      await withRepository(async ({ folder, git, write }) => {
        const names = contents.map((_, index) => `f${index}`);
        await write(Object.fromEntries(contents.map((bytes, index) => [`f${index}`, bytes])));
        const oids = (await git("hash-object", "-w", ...names)).trim().split("\n");
        const blobs = openBlobs(createGit({ cwd: folder, env: testEnvironment }));
        const missing = assert.rejects(blobs.read("1".repeat(40)), /its content is missing/);
        const read = await Promise.all(oids.map((oid) => blobs.read(oid)));
        assert.deepEqual(read.map((one) => [...one]), contents.map((one) => [...one]));
        await missing;
        blobs.close();
      });
    }),
    { numRuns: 5 },
  );
});

/** A git that answers in pieces of any size. */
function fakeGit(answer: string, chunk: number): Git {
  const pieces = answer.match(new RegExp(`.{1,${chunk}}`, "gs")) ?? [];
  return () => ({
    stdin: new WritableStream(),
    stdout: ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece))),
    done: Promise.resolve(),
    end() {},
  });
}

Deno.test("openBlobs() reads answers in pieces, and tells when they end too soon", async () => {
  for (const chunk of [1, 2, 7, 100]) {
    const blobs = openBlobs(
      fakeGit("aa blob 3\nx\ny\nbb missing\ncc blob 0\n\ndd blob 9\nxy", chunk),
    );
    const [a, b, c, d, e] = await Promise.allSettled("abcde".split("").map(blobs.read));
    const text = (one: PromiseSettledResult<Uint8Array> | undefined) =>
      one?.status === "fulfilled" ? new TextDecoder().decode(one.value) : one?.reason.message;
    assert.deepEqual([a, c].map(text), ["x\ny", ""]);
    assert.match(text(b), /its content is missing/);
    assert.match(text(d), /ended too soon/);
    assert.match(text(e), /ended too soon/);
    blobs.close();
  }
});

Deno.test("openBlobs() skips what is too large", async () => {
  const large = "x".repeat(65 * 1024 * 1024);
  const blobs = openBlobs(fakeGit(`aa blob ${large.length}\n${large}\nbb blob 1\ny\n`, 1_000_000));
  const [a, b] = await Promise.allSettled([blobs.read("aa"), blobs.read("bb")]);
  assert.ok(a.status === "rejected" && a.reason instanceof GitError);
  assert.match(a.reason.message, /larger than 64 MiB/);
  assert.deepEqual(b.status === "fulfilled" && [...b.value], [121]);
  blobs.close();
});
