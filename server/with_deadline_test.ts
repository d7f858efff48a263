import assert from "node:assert/strict";
import { DeadlineError, type LazySignal, withDeadline } from "./with_deadline.ts";

const never = () => new Promise<never>(() => {});

Deno.test("withDeadline() gives what the work gives, and leaves no timer", async () => {
  const { signal } = new AbortController();
  assert.equal(await withDeadline(signal, 60, () => Promise.resolve(1)), 1);
  const failure = new Error("failed");
  await assert.rejects(withDeadline(signal, 60, () => Promise.reject(failure)), failure);
});

Deno.test("withDeadline() ends work that takes too long, and tells it", async () => {
  let told: unknown;
  const work = ({ signal }: LazySignal) => {
    signal.addEventListener("abort", () => told = signal.reason);
    return never();
  };
  await assert.rejects(withDeadline(new AbortController().signal, 0.001, work), DeadlineError);
  assert.ok(told instanceof DeadlineError);
});

Deno.test("withDeadline() ends with its signal, before and while it works", async () => {
  const controller = new AbortController();
  const reason = new Error("gone");
  const ended = withDeadline(controller.signal, 60, () => {
    controller.abort(reason);
    return never();
  });
  await assert.rejects(ended, reason);
  await assert.rejects(withDeadline(controller.signal, 60, never), reason);
});
