import assert from "node:assert/strict";
import fc from "fast-check";
import type { ChatModel, ChatReply, ChatRequest } from "./chat_model.ts";
import { createEndpointPool } from "./endpoint_pool.ts";
import { ModelError, type ModelFault } from "./model_error.ts";
import { createScripted } from "./scripted.ts";

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

Deno.test("createEndpointPool() answers if and only if an endpoint is healthy, asking each once", async () => {
  const faults = fc.constantFrom(undefined, ...SERVER_FAULTS);
  const rounds = fc.integer({ min: 1, max: 4 }).chain((size) =>
    fc.array(
      fc.record({
        faults: fc.array(faults, { minLength: size, maxLength: size }),
        waitMs: fc.nat(70_000),
        callers: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 12 },
    )
  );
  await fc.assert(fc.asyncProperty(rounds, async (rounds) => {
    let time = 0;
    const endpoints = rounds[0]!.faults.map((_, at) => createEndpoint(`${at}`));
    const pool = poolOf(endpoints, 60_000, () => time);
    for (const { faults, waitMs, callers } of rounds) {
      time += waitMs;
      faults.forEach((fault, at) => endpoints[at]!.behaviour = fault ? fail(fault) : say(`${at}`));
      const before = endpoints.map(({ asked }) => asked);
      const calls = Array.from({ length: callers }, () => pool.chat(request));
      const replies = await Promise.allSettled(calls);
      for (const { status } of replies) {
        assert.equal(status === "fulfilled", faults.includes(undefined));
      }
      endpoints.forEach(({ asked }, at) => assert.ok(asked - before[at]! <= callers));
    }
  }));
});
