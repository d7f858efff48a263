import assert from "node:assert/strict";
import { FAULT_NAMES, type FaultName, startFaultyOllama } from "./fake_ollama_faults.ts";
import { MISTRAL } from "./fake_ollama_library.ts";

/** What a plain client sees of a fault: the status and the first bytes, or that it broke. */
interface Seen {
  status?: number;
  text: string;
  /** ended: the body is whole; open: it goes on; broken: an error while reading. */
  end: "ended" | "open" | "broken";
}

async function look(url: string, path: string): Promise<Seen> {
  const body = JSON.stringify({ model: MISTRAL.name, messages: [], options: { num_predict: 5 } });
  const seen: Seen = { text: "", end: "ended" };
  const signal = AbortSignal.timeout(400);
  try {
    const response = await fetch(url + path, { method: "POST", body, redirect: "manual", signal });
    seen.status = response.status;
    const text = response.body!.pipeThrough(new TextDecoderStream() as TransformStream);
    for await (const part of text) {
      if (seen.text.length < 10_000) seen.text += part;
    }
  } catch {
    seen.end = signal.aborted ? "open" : "broken";
  }
  return seen;
}

const expected: Record<FaultName, [number | undefined, RegExp, Seen["end"]]> = {
  refused: [undefined, /^$/, "broken"],
  reset: [undefined, /^$/, "broken"],
  reset_in_stream: [200, /The "},"done":false/, "broken"],
  hung_up: [200, /"The "/, "broken"],
  unauthorized: [401, /unauthorized/, "ended"],
  forbidden: [403, /may not/, "ended"],
  missing: [404, /not found/, "ended"],
  no_such_route: [404, /^404 page/, "ended"],
  too_many: [429, /usage limit/, "ended"],
  failed: [500, /terminated/, "ended"],
  out_of_memory: [500, /more system memory/, "ended"],
  busy: [503, /server busy/, "ended"],
  html: [200, /^<!DOCTYPE/, "ended"],
  html_error: [502, /^<!DOCTYPE/, "ended"],
  empty: [200, /^$/, "ended"],
  not_json: [200, /Segmentation/, "ended"],
  bad_bytes: [200, /\ufffd/, "ended"],
  redirect: [307, /^$/, "ended"],
  error_in_200: [200, /^{"error"/, "ended"],
  error_in_stream: [200, /"The "[^]*error/, "ended"],
  half_line: [200, /\n{"model":"mistral[^}]*$/, "ended"],
  no_done: [200, /"answer\."[^\n]*"done":false}\n$/, "ended"],
  wrong_types: [200, /\nnull\n/, "ended"],
  silence: [undefined, /^$/, "open"],
  silence_after_head: [200, /^$/, "open"],
  silence_after_token: [200, /"The "/, "open"],
  byte_a_second: [200, /^{$/, "open"],
  endless: [200, /and so on [^]*and so on/, "open"],
  endless_line: [200, /^x{4096}/, "open"],
  endless_head_line: [200, /^{.*y{4096}/, "open"],
  whitespace_loop: [200, /\\n {2}[^]*"done_reason":"length"/, "ended"],
};

Deno.test("startFaultyOllama() breaks in each way, and only where it is asked to", async () => {
  assert.deepEqual(Object.keys(expected).sort(), FAULT_NAMES.toSorted());
  await Promise.all(FAULT_NAMES.map(async (name) => {
    const fake = await startFaultyOllama(name);
    try {
      const { status, text, end } = await look(fake.url, "/api/chat");
      const [wantedStatus, wantedText, wantedEnd] = expected[name];
      assert.deepEqual([status, end], [wantedStatus, wantedEnd], name);
      assert.match(text, wantedText, name);
      const sound = await look(fake.url, "/api/show");
      assert.equal(sound.status, name === "refused" ? undefined : 200, name);
    } finally {
      await fake.stop();
    }
  }));
});
