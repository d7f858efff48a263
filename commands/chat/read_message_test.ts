import assert from "node:assert/strict";
import { fakeApp } from "../../cli/fake_app.ts";
import { ToolError } from "../../config/tool_error.ts";
import { readMessage } from "./read_message.ts";

const CASES: [prompt: string | undefined, piped: string | undefined, message: string | RegExp][] = [
  ["review app.py", undefined, "review app.py"],
  [" review app.py ", "", "review app.py"],
  ["-", "review app.py\n", "review app.py"],
  [undefined, "two\nlines\n", "two\nlines"],
  ["explain", "x = 1\n", "explain"],
  [undefined, undefined, /no terminal$/],
  [undefined, " \n", /message is empty$/],
  ["-", "", /message is empty$/],
  ["explain", "\0\x01\xff", /^Cannot read/],
];

for (const [prompt, piped, message] of CASES) {
  Deno.test(`readMessage() of ${JSON.stringify([prompt, piped])}`, async () => {
    const app = fakeApp({
      stdinIsTerminal: piped === undefined,
      readStdin: () => Promise.resolve(new TextEncoder().encode(piped)),
    });
    const read = readMessage({ prompt }, app);
    if (typeof message === "string") {
      const { message: said, by, attachments } = await read;
      assert.equal(said, message);
      assert.equal(by, (prompt ?? "-") === "-" ? "pipe" : "person");
      const isBeside = prompt === "explain" && piped;
      const beside = { name: "standard input", text: piped };
      return assert.deepEqual(attachments, isBeside ? [beside] : []);
    }
    await assert.rejects(
      read,
      (error) => error instanceof ToolError && message.test(error.message),
    );
  });
}

Deno.test("readMessage() reads 1 MiB at most", async () => {
  const asked: unknown[] = [];
  const readStdin = (maxBytes?: number) => {
    asked.push(maxBytes);
    return Promise.resolve(new TextEncoder().encode("x"));
  };
  await readMessage({ prompt: "explain" }, fakeApp({ readStdin }));
  assert.deepEqual(asked, [1024 * 1024]);
});
