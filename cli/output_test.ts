import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { ClosedOutputError } from "./app.ts";
import { type ByteSink, createOutput, readAll, wantsColor, withColor } from "./output.ts";

function sinkOf(write: (bytes: Uint8Array) => number, terminal = false) {
  const received: number[] = [];
  const sink: ByteSink = {
    isTerminal: () => terminal,
    writeSync(bytes) {
      const count = write(bytes);
      received.push(...bytes.subarray(0, count));
      return count;
    },
  };
  return { sink, text: () => new TextDecoder().decode(new Uint8Array(received)) };
}

const noEnv = () => undefined;

Deno.test("createOutput() writes everything through partial writes and full pipes", () => {
  let calls = 0;
  const { sink, text } = sinkOf((bytes) => {
    if (++calls % 2 === 0) throw new Deno.errors.WouldBlock("full");
    return Math.min(3, bytes.length);
  });
  createOutput(sink, { env: noEnv }).write("a longer text, é");
  equal(text(), "a longer text, é");
});

Deno.test("createOutput() turns a broken pipe into ClosedOutputError and keeps other errors", () => {
  const failing = (error: Error) =>
    createOutput(
      sinkOf(() => {
        throw error;
      }).sink,
    );
  throws(() => failing(new Deno.errors.BrokenPipe()).write("x"), ClosedOutputError);
  throws(() => failing(new RangeError("disk")).write("x"), RangeError);
  const full = Object.assign(new Error("No space left on device (os error 28)"), {
    code: "ENOSPC",
  });
  throws(() => failing(full).write("x"), {
    name: "ToolError",
    message: "Cannot write the output: no space left on device",
  });
});

Deno.test("createOutput() measures the terminal at each use and survives its absence", () => {
  let columns = 120;
  const terminal = createOutput(sinkOf(() => 0, true).sink, { env: noEnv, measure: () => columns });
  equal(terminal.columns, 120);
  columns = 40;
  equal(terminal.columns, 40);
  const lost = createOutput(sinkOf(() => 0, true).sink, {
    env: noEnv,
    measure: () => {
      throw new Error("no terminal");
    },
  });
  equal(lost.columns, 80);
  equal(createOutput(sinkOf(() => 0).sink, { env: noEnv, measure: () => 7 }).columns, 80);
});

Deno.test("wantsColor() follows NO_COLOR, FORCE_COLOR, the terminal and TERM", () => {
  const cases: [boolean, Record<string, string>, boolean][] = [
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "0" }, false],
    [true, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ];
  for (const [terminal, env, expected] of cases) {
    equal(wantsColor(terminal, (name) => env[name]), expected, JSON.stringify([terminal, env]));
  }
});

Deno.test("withColor() changes only the colour", () => {
  const { sink, text } = sinkOf((bytes) => bytes.length);
  const colored = withColor(createOutput(sink, { env: noEnv }), true);
  colored.write("x");
  deepEqual([colored.color, colored.columns, text()], [true, 80, "x"]);
});

Deno.test("readAll() joins the chunks and refuses more than asked for", async () => {
  const stream = () => ReadableStream.from([new Uint8Array([1, 2]), new Uint8Array([3])]);
  deepEqual(await readAll(stream(), 3), new Uint8Array([1, 2, 3]));
  await rejects(readAll(stream(), 2), /Cannot read standard input: more than 2 bytes/);
});
