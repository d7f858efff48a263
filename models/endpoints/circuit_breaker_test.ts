import assert from "node:assert/strict";
import { type CircuitBreaker, createCircuitBreaker } from "./circuit_breaker.ts";

function setUp(): { breaker: CircuitBreaker; wait(ms: number): void } {
  let time = 5000;
  const breaker = createCircuitBreaker({ now: () => time, maxCoolDownMs: 8000 });
  return { breaker, wait: (ms) => void (time += ms) };
}

function failOnce(breaker: CircuitBreaker, costMs = 0): void {
  breaker.enter().fail(costMs);
}

Deno.test("createCircuitBreaker() opens after two failures in a row", () => {
  const { breaker } = setUp();
  failOnce(breaker);
  assert.equal(breaker.state(), "closed");
  breaker.enter().succeed();
  failOnce(breaker);
  assert.equal(breaker.state(), "closed");
  failOnce(breaker);
  assert.equal(breaker.state(), "open");
});

Deno.test("createCircuitBreaker() opens at once for a failure that took long, and for as long", () => {
  const { breaker, wait } = setUp();
  failOnce(breaker, 30_000);
  wait(29_999);
  assert.equal(breaker.state(), "open");
  wait(1);
  assert.equal(breaker.state(), "half-open");
});

Deno.test("createCircuitBreaker() lets one probe through", () => {
  const { breaker, wait } = setUp();
  failOnce(breaker);
  failOnce(breaker);
  wait(1000);
  assert.equal(breaker.state(), "half-open");
  const probe = breaker.enter();
  assert.equal(breaker.state(), "open");
  probe.release();
  assert.equal(breaker.state(), "half-open");
  breaker.enter().succeed();
  assert.equal(breaker.state(), "closed");
});

Deno.test("createCircuitBreaker() doubles the cool-down with every failed probe, up to its maximum", () => {
  const { breaker, wait } = setUp();
  failOnce(breaker);
  for (const coolDown of [1000, 2000, 4000, 8000, 8000]) {
    failOnce(breaker);
    wait(coolDown - 1);
    assert.equal(breaker.state(), "open", `${coolDown}`);
    wait(1);
    assert.equal(breaker.state(), "half-open", `${coolDown}`);
  }
});

Deno.test("createCircuitBreaker() starts over after a success", () => {
  const { breaker, wait } = setUp();
  failOnce(breaker);
  failOnce(breaker);
  wait(1000);
  breaker.enter().succeed();
  failOnce(breaker);
  failOnce(breaker);
  wait(1000);
  assert.equal(breaker.state(), "half-open");
});

Deno.test("createCircuitBreaker() is not opened for longer by calls while it is open", () => {
  const { breaker, wait } = setUp();
  failOnce(breaker);
  failOnce(breaker);
  wait(500);
  for (let call = 0; call < 10; call++) failOnce(breaker);
  wait(500);
  assert.equal(breaker.state(), "half-open");
});

Deno.test("createCircuitBreaker() is told nothing of its probe by other calls", () => {
  const { breaker, wait } = setUp();
  const early = breaker.enter();
  failOnce(breaker);
  failOnce(breaker);
  wait(1000);
  const probe = breaker.enter();
  early.release();
  breaker.enter().fail(0);
  assert.equal(breaker.state(), "open");
  probe.release();
  assert.equal(breaker.state(), "half-open");
});

Deno.test("createCircuitBreaker() counts the first end of a call", () => {
  const { breaker } = setUp();
  for (let call = 0; call < 3; call++) {
    const ended = breaker.enter();
    ended.succeed();
    ended.fail(60_000);
  }
  assert.equal(breaker.state(), "closed");
});
