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

Deno.test("renderStatus() leaves out first what matters least", () => {
  const model = "starcoder2:7b-instruct-q4_K_M";
  const writes = `${model} writes, first token after 0.4 s, 120 tokens`;
  const cases: [string, number, string][] = [
    [writes, 80, `${writes} … 3 s`],
    [writes, 60, "starcoder2 writes, first token after 0.4 s, 120 tokens … 3 s"],
    [writes, 39, "starcoder2 writes, 120 tokens … 3 s"],
    [writes, 30, "starcoder2, 120 tokens … 3 s"],
    [writes, 20, "starcoder2, 1… … 3 s"],
    [`Waiting for ${model}`, 39, "Waiting for starcoder2 … 3 s"],
    ["Waiting for hf.co/owner/A-long-name-GGUF:Q4_K_M", 40, "Waiting for A-long-name-GGUF … 3 s"],
  ];
  for (const [text, columns, line] of cases) equal(renderStatus(text, 3400, columns), line);
});
