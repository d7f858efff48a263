import assert from "node:assert/strict";
import { abortable } from "./abortable.ts";

Deno.test("abortable() gives what the work gives, with and without a signal", async () => {
  const { signal } = new AbortController();
  assert.equal(await abortable(() => Promise.resolve(1), signal), 1);
  assert.equal(await abortable(() => Promise.resolve(1)), 1);
  await assert.rejects(abortable(() => Promise.reject(new Error("broken")), signal), /broken/);
});

Deno.test("abortable() ends with the signal, whatever the work does", async () => {
  const controller = new AbortController();
  const waiting = abortable(() => new Promise(() => {}), controller.signal);
  controller.abort(new Error("Ctrl-C"));
  await assert.rejects(waiting, /Ctrl-C/);
  await assert.rejects(
    abortable(() => assert.fail("it does not begin"), controller.signal),
    /Ctrl-C/,
  );
});
