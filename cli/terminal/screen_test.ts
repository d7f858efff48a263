import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { RecordedOutput } from "../fake_app.ts";
import { FakeTerminal } from "./fake_terminal.ts";
import { createScreen, type Screen } from "./screen.ts";
import { fitRows, toRows } from "./screen_rows.ts";

/** A screen whose flushes are run by hand. */
function open(size = { columns: 20, rows: 6, reflow: true }) {
  const terminal = new FakeTerminal(size);
  let pending: (() => void) | undefined;
  const later = (work: () => void) => {
    pending = work;
    return () => pending = undefined;
  };
  const screen = createScreen(terminal, { terminal, later });
  const flush = async () => {
    await Promise.resolve();
    pending?.();
  };
  return { terminal, screen, flush };
}

Deno.test("createScreen() prints above, and keeps tail and bottom below", async () => {
  const { terminal, screen, flush } = open();
  screen.setBottom(["", "> hello"], { row: 1, column: 7 });
  screen.print(["one", "two"]);
  screen.setTail(["thr"]);
  await flush();
  deepEqual(terminal.text, ["one", "two", "thr", "", "> hello", ""]);
  deepEqual(terminal.cursor, { row: 4, column: 7 });
  screen.print(["three", "four", "five"]);
  screen.setTail([]);
  await flush();
  deepEqual(terminal.text, ["two", "three", "four", "five", "", "> hello"]);
  deepEqual(terminal.allText, ["one", "two", "three", "four", "five", "", "> hello"]);
  ok(terminal.isCursorShown && !terminal.isSynchronized);
});

Deno.test("createScreen() sends no more for a key than what changes", async () => {
  const { terminal, screen, flush } = open();
  screen.setBottom(["status", "> hell"], { row: 1, column: 6 });
  await flush();
  terminal.written = "";
  screen.setBottom(["status", "> hello"], { row: 1, column: 7 });
  await flush();
  equal(terminal.written, "o");
  terminal.written = "";
  screen.setBottom(["status", "> hello"], { row: 1, column: 7 });
  await flush();
  equal(terminal.written, "");
});

Deno.test("createScreen() goes on in the style of what is there", async () => {
  const { terminal, screen, flush } = open();
  screen.setBottom(["\x1b[1mbo\x1b[22m"], { row: 0, column: 2 });
  await flush();
  terminal.written = "";
  screen.setBottom(["\x1b[1mbold\x1b[22m"], { row: 0, column: 4 });
  await flush();
  equal(terminal.written, "\x1b[1mld\x1b[22m");
});

Deno.test("createScreen() leaves the terminal as it was, with what was printed", async () => {
  const { terminal, screen, flush } = open();
  screen.print(["said"]);
  screen.setTail(["half"]);
  screen.setBottom(["> "]);
  await flush();
  ok(!terminal.isCursorShown);
  screen.close();
  deepEqual(terminal.allText, ["said"]);
  deepEqual(terminal.cursor, { row: 1, column: 0 });
  ok(terminal.isCursorShown);
  screen.print(["too late"]);
  await flush();
  deepEqual(terminal.allText, ["said"]);
});

Deno.test("createScreen() gives the terminal to another program and takes it back", async () => {
  const { terminal, screen, flush } = open();
  screen.setBottom(["> x"], { row: 0, column: 3 });
  await flush();
  screen.suspend();
  screen.print(["meanwhile"]);
  await flush();
  terminal.write("editor\r\n");
  screen.resume();
  await flush();
  deepEqual(terminal.allText, ["editor", "meanwhile", "> x"]);
});

Deno.test("createScreen() clears the history too", async () => {
  const { terminal, screen, flush } = open();
  screen.setBottom(["> x"], { row: 0, column: 3 });
  screen.print(Array.from({ length: 30 }, (_, i) => `${i}`));
  await flush();
  screen.clear();
  await flush();
  deepEqual(terminal.allText, ["> x"]);
});

Deno.test("createScreen() only prints where there is no terminal", () => {
  const output = new RecordedOutput();
  const screen = createScreen(output);
  screen.setBottom(["> "]);
  screen.setTail(["half"]);
  screen.print(["one", "two"]);
  screen.close();
  equal(output.text, "one\ntwo\n");
});

Deno.test("createScreen() survives a terminal that is gone", async () => {
  const { terminal, screen, flush } = open();
  terminal.write = () => {
    throw new Error("gone");
  };
  screen.print(["x"]);
  await flush();
  screen.close();
});

const piece = fc.constantFrom(
  "a",
  "bc ",
  "中",
  "e\u0301",
  "long words that go on and on",
  "\x1b[1mbold\x1b[22m",
  "\x1b[1mbolder\x1b[22m",
  "\x1b[36mcode\x1b[39m",
  "\x1b[31mnever closed",
);
const line = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
const lines = fc.array(line, { maxLength: 9 });
const action = fc.oneof(
  fc.record({ print: lines }),
  fc.record({ tail: lines }),
  fc.record({ bottom: lines, row: fc.nat(9), column: fc.nat(30) }),
  fc.record({ columns: fc.integer({ min: 4, max: 50 }), rows: fc.integer({ min: 1, max: 12 }) }),
  fc.constant("flush" as const),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** What a full repaint would show, worked out from all that was said. */
class Expected {
  printed: string[] = [];
  fresh: string[] = [];
  tail: string[] = [];
  bottom = [""];
  cursor = { row: 0, column: 0 };

  look({ columns, rows }: FakeTerminal) {
    return fitRows(this.tail, this.bottom, { cursor: this.cursor, columns, rows });
  }
}

function act(action: Action, screen: Screen, terminal: FakeTerminal, expected: Expected): void {
  if (typeof action === "string") return;
  if ("print" in action) {
    screen.print(action.print);
    expected.fresh.push(...action.print);
  } else if ("tail" in action) screen.setTail(expected.tail = action.tail);
  else if ("bottom" in action) {
    expected.bottom = action.bottom.length > 0 ? action.bottom : ["-"];
    expected.cursor = {
      row: Math.min(action.row, expected.bottom.length - 1),
      column: action.column,
    };
    screen.setBottom(expected.bottom, expected.cursor);
  } else if (action.columns !== terminal.columns || action.rows !== terminal.rows) {
    // What waits is printed at the new width; nobody is told of a size that stays.
    expected.printed = toRows([...expected.printed, ...expected.fresh], action.columns);
    expected.fresh = [];
    terminal.resize(action);
  }
}

function check(terminal: FakeTerminal, expected: Expected): void {
  const { columns, rows } = terminal;
  expected.printed.push(...toRows(expected.fresh.splice(0), columns));
  const live = expected.look(terminal);
  deepEqual(terminal.cursor.column, live.cursor!.column);
  const top = terminal.cursor.row - live.cursor!.row;
  ok(top >= 0);
  const above = top > 0 ? expected.printed.slice(-top) : [];
  equal(above.length, top, "rows that nobody wrote");
  const painted = new FakeTerminal({ columns, rows });
  painted.write(`\x1b[?7l${[...above, ...live.rows].join("\r\n")}`);
  deepEqual(terminal.looks, painted.looks);
}

Deno.test("createScreen() shows after any changes what a full repaint would show", async () => {
  const runs = fc.asyncProperty(
    fc.array(action, { maxLength: 25 }),
    fc.boolean(),
    async (actions, reflow) => {
      const { terminal, screen, flush } = open({ columns: 20, rows: 6, reflow });
      const expected = new Expected();
      screen.setBottom(expected.bottom, expected.cursor);
      for (const action of actions) {
        act(action, screen, terminal, expected);
        if (action !== "flush") continue;
        await flush();
        check(terminal, expected);
      }
      await flush();
      check(terminal, expected);
      const isResized = actions.some((one) => typeof one !== "string" && "columns" in one);
      if (!isResized) {
        const { rows } = expected.look(terminal);
        const all = [...expected.printed, ...rows].map((row) =>
          // deno-lint-ignore no-control-regex
          row.replace(/\x1b\[\d*m/g, "").trimEnd()
        );
        deepEqual(terminal.allText, all.slice(0, all.findLastIndex((row) => row !== "") + 1));
      }
    },
  );
  await fc.assert(runs, { numRuns: 1000 });
});

Deno.test("createScreen() leaves no copies in the history when the size changes", async () => {
  const { terminal, screen, flush } = open({ columns: 30, rows: 12, reflow: true });
  screen.onResize(() =>
    screen.setBottom(["-".repeat(screen.columns), "> "], { row: 1, column: 2 })
  );
  screen.setBottom(["-".repeat(30), "> "], { row: 1, column: 2 });
  for (let i = 10; i < 60; i++) {
    screen.print([`line ${i} of a text`]);
    await flush();
    if (i % 3 === 0) terminal.resize({ columns: 10 + i * 7 % 30, rows: 6 + i * 5 % 12 });
  }
  const starts = terminal.allText.filter((row) => row.startsWith("line"));
  equal(starts.length, 50);
  equal(terminal.allText.filter((row) => row.startsWith("---")).length, 1);
});

Deno.test("createScreen() draws new text only, however long the reply is", async () => {
  const { terminal, screen, flush } = open({ columns: 80, rows: 40, reflow: true });
  screen.setBottom(["", "status", "> "], { row: 2, column: 2 });
  for (let i = 0; i < 3000; i++) {
    screen.print([`line ${i} of a reply that goes on for a long time`]);
    await flush();
  }
  ok(terminal.written.length < 3000 * 150, `${terminal.written.length} bytes`);
});
