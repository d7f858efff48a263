import assert from "node:assert/strict";
import fc from "fast-check";
import type { ChatModel, ChatReply, ChatRequest } from "../chat_model.ts";
import { createEndpointPool } from "./endpoint_pool.ts";
import { withFakeClock } from "../fakes/fake_clock.ts";
import { ModelError, type ModelFault } from "../model_error.ts";
import { createScripted } from "../scripted.ts";

type Behaviour = (request: ChatRequest) => Promise<string>;

/** An endpoint whose behaviour a test may change between calls. */
function createEndpoint(name: string, behaviour: Behaviour = say(name)) {
  const scripted = createScripted([]);
  const endpoint = {
    ...scripted,
    endpoint: name,
    behaviour,
    asked: 0,
    async chat(request: ChatRequest): Promise<ChatReply> {
      endpoint.asked++;
      const text = await endpoint.behaviour(request);
      return {
        text,
        done: "stop",
        usage: { promptTokens: 1, completionTokens: 1, estimated: false },
        timing: { totalMs: 0, firstTokenMs: 0 },
        model: name,
        endpoint: name,
      };
    },
  };
  return endpoint;
}

function say(text: string): Behaviour {
  return ({ onToken }) => {
    onToken?.(text);
    return Promise.resolve(text);
  };
}

function fail(fault: ModelFault): Behaviour {
  return () => Promise.reject(new ModelError(fault, `Cannot answer: ${fault}`, { hint: "wait" }));
}

/** Ends with its signal only. */
const hang: Behaviour = ({ signal }) =>
  new Promise((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason)));

/** Does not even end with its signal. */
const ignore: Behaviour = () => new Promise(() => {});

function speakThen(text: string, then: Behaviour): Behaviour {
  return (request) => {
    request.onToken?.(text);
    return then(request);
  };
}

/** Says nothing until the whole reply is there, `ms` later. */
function sayAfter(ms: number, text: string): Behaviour {
  return ({ signal }) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(text), ms);
      signal!.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal!.reason);
      });
    });
}

function failAfter(ms: number, fault: ModelFault): Behaviour {
  return async (request) => {
    await sayAfter(ms, "")(request);
    return fail(fault)(request);
  };
}

function poolOf(endpoints: ChatModel[], timeoutMs = 60_000, now = performance.now): ChatModel {
  return createEndpointPool(endpoints as [ChatModel], {
    timeoutMs,
    now: () => now.call(performance),
  });
}

const request: ChatRequest = { messages: [{ role: "user", content: "hi" }], maxTokens: 10 };

Deno.test("createEndpointPool() asks the least busy endpoint", async () => {
  const release = Promise.withResolvers<string>();
  const [a, b] = [createEndpoint("a", () => release.promise), createEndpoint("b")];
  const pool = poolOf([a, b]);
  const first = pool.chat(request);
  assert.equal((await pool.chat(request)).text, "b");
  assert.equal((await pool.chat(request)).text, "b");
  release.resolve("a");
  assert.equal((await first).text, "a");
  assert.equal((await pool.chat(request)).text, "a");
});

const SERVER_FAULTS: ModelFault[] = [
  "unreachable",
  "timeout",
  "missing",
  "busy",
  "unauthorized",
  "failed",
  "protocol",
];
for (const fault of SERVER_FAULTS) {
  Deno.test(`createEndpointPool() asks the next endpoint when one is ${fault}`, async () => {
    const pool = poolOf([createEndpoint("a", fail(fault)), createEndpoint("b")]);
    assert.equal((await pool.chat(request)).text, "b");
  });
}

for (const fault of ["too_long", "unusable"] as const) {
  Deno.test(`createEndpointPool() asks no other when the request is ${fault}`, async () => {
    const [a, b] = [createEndpoint("a", fail(fault)), createEndpoint("b")];
    await assert.rejects(poolOf([a, b]).chat(request), { fault });
    assert.equal(b.asked, 0);
  });
}

Deno.test("createEndpointPool() does not hide a mistake of ours", async () => {
  const [a, b] = [
    createEndpoint("a", () => Promise.reject(new TypeError("x"))),
    createEndpoint("b"),
  ];
  await assert.rejects(poolOf([a, b]).chat(request), TypeError);
  assert.equal(b.asked, 0);
});

Deno.test("createEndpointPool() says what all endpoints said", async () => {
  const pool = poolOf([
    createEndpoint("a", fail("unreachable")),
    createEndpoint("b", fail("busy")),
  ]);
  await assert.rejects(pool.chat(request), {
    fault: "busy",
    hint: "wait",
    message: "Cannot get a reply from any of 2 endpoints: Cannot answer: unreachable; " +
      "Cannot answer: busy",
  });
});

Deno.test("createEndpointPool() leaves a dead endpoint alone until its cool-down is over", async () => {
  let time = 0;
  const [a, b] = [createEndpoint("a", fail("unreachable")), createEndpoint("b")];
  const pool = poolOf([a, b], 60_000, () => time);
  for (let call = 0; call < 5; call++) await pool.chat(request);
  assert.equal(a.asked, 2);
  time = 1000;
  await pool.chat(request);
  await pool.chat(request);
  assert.equal(a.asked, 3);
  a.behaviour = say("a");
  time = 3000;
  assert.equal((await pool.chat(request)).text, "a");
  assert.equal((await pool.chat(request)).text, "a");
});

Deno.test("createEndpointPool() sends one probe at a time", async () => {
  let time = 0;
  const [a, b] = [createEndpoint("a", fail("unreachable")), createEndpoint("b")];
  const pool = poolOf([a, b], 60_000, () => time);
  for (let call = 0; call < 2; call++) await pool.chat(request);
  time = 5000;
  const probe = Promise.withResolvers<string>();
  a.behaviour = () => probe.promise;
  const probed = pool.chat(request);
  await Promise.all(Array.from({ length: 10 }, () => pool.chat(request)));
  assert.equal(a.asked, 3);
  probe.resolve("back");
  assert.equal((await probed).text, "back");
});

Deno.test("createEndpointPool() asks one that is cooling down when no other is left", async () => {
  const [a, b] = [createEndpoint("a", fail("unreachable")), createEndpoint("b", fail("busy"))];
  const pool = poolOf([a, b], 60_000, () => 0);
  for (let call = 0; call < 3; call++) await assert.rejects(pool.chat(request), ModelError);
  b.behaviour = say("back");
  assert.equal((await pool.chat(request)).text, "back");
});

for (const [title, behaviour] of [["hangs", hang], ["ignores its signal", ignore]] as const) {
  Deno.test(`createEndpointPool() goes on in time when an endpoint ${title}`, async () => {
    const [a, b] = [createEndpoint("a", behaviour), createEndpoint("b")];
    const pool = poolOf([a, b], 200);
    const start = performance.now();
    assert.equal((await pool.chat(request)).text, "b");
    assert.ok(performance.now() - start < 190);
    // It was too slow once: now it stalls nobody.
    const again = performance.now();
    await pool.chat(request);
    assert.ok(performance.now() - again < 50);
  });
}

Deno.test("createEndpointPool() takes silence for no fault: slow endpoints answer", async () => {
  await withFakeClock(async (clock) => {
    const [a, b] = [
      createEndpoint("a", sayAfter(350, "a")),
      createEndpoint("b", sayAfter(350, "b")),
    ];
    const pool = poolOf([a, b], 600, clock.now);
    for (let call = 1; call <= 3; call++) {
      const start = clock.now();
      assert.equal((await clock.until(pool.chat(request))).text, "a");
      assert.equal(clock.now() - start, 350);
      assert.deepEqual([a.asked, b.asked], [call, call]);
    }
  });
});

Deno.test("createEndpointPool() asks the next as well after a silence, and stops who is slower", async () => {
  await withFakeClock(async (clock) => {
    const signals: AbortSignal[] = [];
    const watch = (behaviour: Behaviour): Behaviour => (request) => {
      signals.push(request.signal!);
      return behaviour(request);
    };
    const speaks = async (request: ChatRequest) => {
      await sayAfter(10, "")(request);
      return speakThen("b", sayAfter(100, "b whole"))(request);
    };
    const [a, b] = [createEndpoint("a", watch(hang)), createEndpoint("b", watch(speaks))];
    const reply = poolOf([a, b], 600, clock.now).chat(request);
    await clock.advance(209);
    assert.deepEqual([a.asked, b.asked], [1, 1]);
    assert.deepEqual(signals.map(({ aborted }) => aborted), [false, false]);
    await clock.advance(1);
    assert.deepEqual(signals.map(({ aborted }) => aborted), [true, false]);
    assert.equal((await clock.until(reply)).text, "b whole");
    assert.equal(clock.now(), 310);
  });
});

Deno.test("createEndpointPool() asks who was stopped again when the quicker one breaks off", async () => {
  await withFakeClock(async (clock) => {
    const a = createEndpoint("a", hang);
    const b = createEndpoint("b", speakThen("half", failAfter(10, "protocol")));
    const pool = poolOf([a, b], 600, clock.now);
    const reply = pool.chat(request);
    await clock.advance(205);
    a.behaviour = say("a");
    assert.equal((await clock.until(reply)).text, "a");
    assert.deepEqual([a.asked, b.asked], [2, 1]);
  });
});

Deno.test("createEndpointPool() counts a timeout of all as a fault of each", async () => {
  await withFakeClock(async (clock) => {
    const [a, b] = [createEndpoint("a", hang), createEndpoint("b", hang)];
    const pool = poolOf([a, b], 600, clock.now);
    await assert.rejects(clock.until(pool.chat(request)), {
      fault: "timeout",
      message: /^Cannot get a reply from any of 2 endpoints: .* at a: no answer in time; .* at b: /,
    });
    assert.equal(clock.now(), 600);
    const reply = pool.chat(request);
    assert.deepEqual([a.asked, b.asked], [1, 2], "the one that is due first is asked first");
    await assert.rejects(clock.until(reply), { fault: "timeout" });
  });
});

Deno.test("createEndpointPool() ends all attempts within the timeout", async () => {
  const pool = poolOf([hang, ignore, hang].map((one, at) => createEndpoint(`${at}`, one)), 150);
  const start = performance.now();
  await assert.rejects(pool.chat(request), { fault: "timeout" });
  const took = performance.now() - start;
  assert.ok(took >= 140 && took < 400, `${took} ms`);
});

Deno.test("createEndpointPool() gives an endpoint that speaks all of the time", async () => {
  const slow = speakThen("a", () => new Promise((done) => setTimeout(() => done("all of a"), 120)));
  const [a, b] = [createEndpoint("a", slow), createEndpoint("b")];
  assert.equal((await poolOf([a, b], 200).chat(request)).text, "all of a");
  assert.equal(b.asked, 0);
});

Deno.test("createEndpointPool() hands no begun reply to another endpoint", async () => {
  const heard: string[] = [];
  const [a, b] = [createEndpoint("a", speakThen("half", fail("protocol"))), createEndpoint("b")];
  const onToken = (text: string) => heard.push(text);
  await assert.rejects(poolOf([a, b]).chat({ ...request, onToken }), { fault: "protocol" });
  assert.deepEqual(heard, ["half"]);
  assert.equal(b.asked, 0);
});

Deno.test("createEndpointPool() starts a begun reply over for a caller who can", async () => {
  const heard: string[] = [];
  const [a, b] = [createEndpoint("a", speakThen("half", fail("protocol"))), createEndpoint("b")];
  await poolOf([a, b]).chat({
    ...request,
    onToken: (text) => heard.push(text),
    onRestart: () => heard.length = 0,
  });
  assert.deepEqual(heard, ["b"]);
});

Deno.test("createEndpointPool() takes a begun reply over when nobody has seen it", async () => {
  const pool = poolOf([
    createEndpoint("a", speakThen("half", fail("protocol"))),
    createEndpoint("b"),
  ]);
  assert.equal((await pool.chat(request)).text, "b");
});

Deno.test("createEndpointPool() lets nobody speak after its end", async () => {
  const heard: string[] = [];
  let late = () => {};
  const a = createEndpoint("a", ({ onToken }) => {
    late = () => onToken?.("late");
    return new Promise(() => {});
  });
  const pool = poolOf([a, createEndpoint("b")], 100);
  await pool.chat({ ...request, onToken: (text) => heard.push(text) });
  late();
  assert.deepEqual(heard, ["b"]);
});

Deno.test("createEndpointPool() takes the caller's abort for no fault", async () => {
  const reasons = [new Error("enough"), new ModelError("timeout", "enough")];
  for (const [behaviour, reason] of [[hang, reasons[0]], [ignore, reasons[1]]] as const) {
    const [a, b] = [createEndpoint("a", behaviour), createEndpoint("b")];
    const pool = poolOf([a, b]);
    for (let call = 0; call < 3; call++) {
      const stop = new AbortController();
      const reply = pool.chat({ ...request, signal: stop.signal });
      stop.abort(reason);
      await assert.rejects(reply, reason);
    }
    assert.equal(b.asked, 0);
    a.behaviour = say("a");
    assert.equal((await pool.chat(request)).text, "a");
  }
});

Deno.test("createEndpointPool() asks nobody when the caller has given up before", async () => {
  const a = createEndpoint("a");
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(poolOf([a]).chat({ ...request, signal }), { message: "enough" });
  assert.equal(a.asked, 0);
});

Deno.test("createEndpointPool() has the smallest context of its endpoints", () => {
  const [a, b] = [createEndpoint("a"), { ...createEndpoint("b"), contextTokens: 4096 }];
  assert.equal(poolOf([a, b]).contextTokens, 4096);
});

const TIMEOUT_MS = 60_000;

/** What an endpoint does in a round. */
type Conduct = { afterMs: number; fault?: ModelFault | "hang" };

function behave({ afterMs, fault }: Conduct, name: string): Behaviour {
  if (fault === "hang") return hang;
  return fault ? failAfter(afterMs, fault) : sayAfter(afterMs, name);
}

/** Whether the one that is asked last, which is after all others' shares, still has the time to answer. */
function mustAnswer(conducts: Conduct[]): boolean {
  const lastStart = TIMEOUT_MS * (conducts.length - 1) / (conducts.length + 1);
  return conducts.some(({ fault, afterMs }) => !fault && lastStart + afterMs < TIMEOUT_MS);
}

Deno.test("createEndpointPool() answers in time where an endpoint does, asks each once, leaks nothing", async () => {
  const conduct = fc.record({
    afterMs: fc.oneof(fc.constant(0), fc.nat(TIMEOUT_MS - 1)),
    fault: fc.oneof(fc.constant(undefined), fc.constantFrom("hang" as const, ...SERVER_FAULTS)),
  });
  const rounds = fc.integer({ min: 1, max: 4 }).chain((size) =>
    fc.array(
      fc.record({
        conducts: fc.array(conduct, { minLength: size, maxLength: size }),
        waitMs: fc.nat(70_000),
        callers: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 12 },
    )
  );
  await fc.assert(fc.asyncProperty(rounds, (rounds) =>
    withFakeClock(async (clock) => {
      const endpoints = rounds[0]!.conducts.map((_, at) => createEndpoint(`${at}`));
      const pool = poolOf(endpoints, TIMEOUT_MS, clock.now);
      for (const { conducts, waitMs, callers } of rounds) {
        await clock.advance(waitMs);
        conducts.forEach((one, at) => endpoints[at]!.behaviour = behave(one, `${at}`));
        const before = endpoints.map(({ asked }) => asked);
        const start = clock.now();
        const calls = Array.from({ length: callers }, () => pool.chat(request));
        const replies = await clock.until(Promise.allSettled(calls));
        for (const reply of replies) {
          if (mustAnswer(conducts)) assert.equal(reply.status, "fulfilled");
          if (reply.status === "rejected") assert.ok(reply.reason instanceof ModelError);
          else assert.ok(!conducts[Number(reply.value.text)]!.fault);
        }
        assert.ok(clock.now() - start <= TIMEOUT_MS);
        endpoints.forEach(({ asked }, at) => assert.ok(asked - before[at]! <= callers));
        assert.equal(clock.timers, 0, "timers are left");
      }
    })));
});

Deno.test("createEndpointPool() never fails for slowness where one endpoint alone would answer", async () => {
  const delays = fc.array(fc.nat(TIMEOUT_MS - 1), { minLength: 1, maxLength: 4 });
  await fc.assert(fc.asyncProperty(delays, (delays) =>
    withFakeClock(async (clock) => {
      const endpoints = delays.map((ms, at) => createEndpoint(`${at}`, sayAfter(ms, `${at}`)));
      const reply = await clock.until(poolOf(endpoints, TIMEOUT_MS, clock.now).chat(request));
      assert.ok(clock.now() <= delays[0]!, reply.text);
    })));
});
