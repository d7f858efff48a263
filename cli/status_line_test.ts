import { equal } from "node:assert/strict";
import { RecordedOutput } from "./fake_app.ts";
import { createStatusLine, renderStatus } from "./status_line.ts";

Deno.test("createStatusLine() shows a new text at once, and clears it", () => {
  const output = new RecordedOutput({ isTerminal: true });
  const status = createStatusLine(output, () => 0);
  status.show("waiting");
  status.show("waiting");
  status.show("writing");
  status.stop();
  status.stop();
  equal(output.text, "\r\x1b[Kwaiting … 0 s\r\x1b[Kwriting … 0 s\r\x1b[K");
});

Deno.test("createStatusLine() writes nothing where nobody looks", () => {
  const output = new RecordedOutput();
  const status = createStatusLine(output);
  status.show("waiting");
  status.stop();
  equal(output.text, "");
});

Deno.test("renderStatus() fits the terminal and shows what would act on it", () => {
  equal(renderStatus("a\x1b[2J", 12_900, 40), "a\\x1b[2J … 12 s");
  equal(renderStatus("starcoder2 writes", 1_000, 15).length <= 15, true);
});
