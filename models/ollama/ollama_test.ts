import assert from "node:assert/strict";
import { ModelError } from "../model_error.ts";
import { createOllama } from "./ollama.ts";
import { backendOptions, PROFILE, REQUEST } from "../fakes/raw_server_fixture.ts";

type Body = Record<string, unknown> & { options?: Record<string, unknown> };

const DONE = { message: { content: "" }, done: true, done_reason: "stop" };

function lines(...values: unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

function said(content: string) {
  return { message: { role: "assistant", content }, done: false };
}

/** An Ollama whose every answer is `answer`; what was asked comes back. */
async function withServer(
  answer: (body: Body, request: Request) => Response | string | Promise<Response>,
  run: (url: string, asked: Body[]) => Promise<void>,
): Promise<void> {
  const asked: Body[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const body = await request.json();
    asked.push(body);
    const reply = await answer(body, request);
    return typeof reply === "string" ? new Response(reply) : reply;
  });
  try {
    await run(`http://127.0.0.1:${server.addr.port}`, asked);
  } finally {
    await server.shutdown();
  }
}

Deno.test("createOllama() streams the reply and tells its usage", async () => {
  const end = { ...DONE, prompt_eval_count: 12, eval_count: 3 };
  await withServer(() => lines(said("Hel"), said("lo é"), end), async (url) => {
    const pieces: string[] = [];
    const model = createOllama(backendOptions(url));
    const reply = await model.chat({ ...REQUEST, onToken: (piece) => pieces.push(piece) });
    assert.equal(reply.text, "Hello é");
    assert.deepEqual(pieces, ["Hel", "lo é"]);
    assert.deepEqual(reply.usage, { promptTokens: 12, completionTokens: 3, estimated: false });
    assert.equal(reply.done, "stop");
    assert.equal(reply.endpoint, url);
    assert(reply.timing.firstTokenMs <= reply.timing.totalMs);
  });
});

Deno.test("createOllama() always bounds context and reply, and lets nothing be dropped", async () => {
  await withServer(() => lines(said("x"), DONE), async (url, asked) => {
    const model = createOllama(backendOptions(url, { keepAlive: "5m" }));
    const schema = { type: "object" };
    await model.chat({ ...REQUEST, schema, seed: 7 });
    await model.chat({ ...REQUEST, temperature: 0 });
    await createOllama(backendOptions(url, { keepAlive: "-1" })).chat(REQUEST);
    const [first, second, third] = asked;
    assert.deepEqual(first, {
      model: "mistral:7b",
      messages: REQUEST.messages,
      stream: true,
      truncate: false,
      shift: false,
      format: schema,
      keep_alive: "5m",
      options: { num_ctx: 4096, num_predict: 50, temperature: 0.2, stop: ["[/INST]"], seed: 7 },
    });
    assert.equal(second?.options?.temperature, 0);
    assert.equal(third?.keep_alive, -1);
  });
});

Deno.test("createOllama() folds the system message where the template refuses one", async () => {
  await withServer(() => lines(said("x"), DONE), async (url, asked) => {
    const profile = { ...PROFILE, systemRole: false };
    const messages = [{ role: "system", content: "Be brief." } as const, ...REQUEST.messages];
    await createOllama(backendOptions(url, { profile })).chat({ ...REQUEST, messages });
    assert.deepEqual(asked[0]?.messages, [{ role: "user", content: "Be brief.\n\nHello" }]);
  });
});

Deno.test("createOllama() tells a cut-off from a whole answer", async () => {
  const ends: [object, string][] = [
    [{ done_reason: "stop" }, "stop"],
    [{ done_reason: "length" }, "length"],
    [{ done_reason: "unload" }, "length"],
    [{ done_reason: undefined, eval_count: 50 }, "length"],
    [{ done_reason: undefined, eval_count: 49 }, "stop"],
  ];
  for (const [end, done] of ends) {
    await withServer(() => lines(said("x"), { ...DONE, ...end }), async (url) => {
      assert.equal((await createOllama(backendOptions(url)).chat(REQUEST)).done, done);
    });
  }
});

Deno.test("createOllama() leaves the thinking out, also of what is streamed", async () => {
  const answer = lines(said("<thi"), said("nk>a b</think"), said(">\n"), said("Yes"), DONE);
  await withServer(() => answer, async (url) => {
    let streamed = "";
    const onToken = (piece: string) => streamed += piece;
    const reply = await createOllama(backendOptions(url)).chat({ ...REQUEST, onToken });
    assert.deepEqual([reply.text, streamed], ["Yes", "Yes"]);
  });
});

Deno.test("createOllama() leaves an answer alone whose thinking came apart", async () => {
  const text = "It ends with:\n</think>\n";
  const apart = { message: { content: "", thinking: "Hm." }, done: false };
  const profile = { ...PROFILE, thinks: true };
  const cases: [unknown[], string][] = [[[apart, said(text)], text], [[said(`${text}Yes`)], "Yes"]];
  for (const [sent, expected] of cases) {
    await withServer(() => lines(...sent, DONE), async (url) => {
      const reply = await createOllama(backendOptions(url, { profile })).chat(REQUEST);
      assert.equal(reply.text, expected);
    });
  }
});

Deno.test("createOllama() ends a reply that is whole when only blanks follow", async () => {
  const blanks = Array.from({ length: 400 }, () => said(" "));
  await withServer(() => lines(said('{"a":1}'), ...blanks), async (url) => {
    const reply = await createOllama(backendOptions(url)).chat({ ...REQUEST, schema: {} });
    assert.deepEqual(JSON.parse(reply.text), { a: 1 });
    assert.equal(reply.usage.estimated, true);
  });
});

Deno.test("createOllama() takes an error that says nothing for one", async () => {
  for (const error of ["", null, {}]) {
    await withServer(() => lines({ error }), async (url) => {
      await assert.rejects(createOllama(backendOptions(url)).chat(REQUEST), { fault: "failed" });
    });
  }
});

Deno.test("createOllama() prints nothing, whatever the server sends", async () => {
  const printed: unknown[] = [];
  const { log, warn, error } = console;
  Object.assign(
    console,
    Object.fromEntries(["log", "warn", "error"].map((name) => [
      name,
      (...words: unknown[]) => printed.push(words),
    ])),
  );
  try {
    const answers = ["no json\n", '{"half', new Response("{", { status: 500 }), "\n\n"];
    for (const answer of answers) {
      await withServer(() => answer, async (url) => {
        await assert.rejects(createOllama(backendOptions(url)).chat(REQUEST), ModelError);
      });
    }
  } finally {
    Object.assign(console, { log, warn, error });
  }
  assert.deepEqual(printed, []);
});

Deno.test("createOllama() uses a URL's credentials and never shows them", async () => {
  const answer = (_: Body, request: Request) => {
    assert.equal(request.headers.get("authorization"), `Basic ${btoa("me:se cret")}`);
    return new Response("no", { status: 403 });
  };
  await withServer(answer, async (url) => {
    const model = createOllama(backendOptions(url.replace("//", "//me:se%20cret@")));
    assert.equal(model.endpoint, url);
    await assert.rejects(model.chat(REQUEST), (error: unknown) => {
      assert(error instanceof ModelError);
      assert.equal(error.fault, "unauthorized");
      assert(!Deno.inspect(error).includes("cret"), Deno.inspect(error));
      return true;
    });
  });
});

Deno.test("createOllama() stops one call and leaves the other", async () => {
  const stopped = new AbortController();
  const over = Promise.withResolvers<void>();
  const answer = () =>
    new Response(ReadableStream.from((async function* () {
      yield new TextEncoder().encode(lines(said("a")));
      await over.promise;
      yield new TextEncoder().encode(lines(said("b"), DONE));
    })()));
  await withServer(answer, async (url) => {
    const model = createOllama(backendOptions(url));
    const onToken = () => stopped.abort("enough");
    const other = model.chat(REQUEST);
    const one = model.chat({ ...REQUEST, signal: stopped.signal, onToken });
    await assert.rejects(one, (reason) => reason === "enough");
    over.resolve();
    assert.equal((await other).text, "ab");
  });
});

Deno.test("createOllama() throws the reason of a signal that was aborted before", async () => {
  const model = createOllama(backendOptions("http://127.0.0.1:9"));
  const signal = AbortSignal.abort(130);
  await assert.rejects(model.chat({ ...REQUEST, signal }), (reason) => reason === 130);
});

Deno.test("createOllama() lets what the caller's own code throws through", async () => {
  await withServer(() => lines(said("x"), DONE), async (url) => {
    const bug = new RangeError("mine");
    const onToken = () => {
      throw bug;
    };
    const model = createOllama(backendOptions(url));
    await assert.rejects(model.chat({ ...REQUEST, onToken }), (error) => error === bug);
  });
});

Deno.test("embed() gives a vector for each text", async () => {
  await withServer(() => Response.json({ embeddings: [[1, 2], [3, 4]] }), async (url, asked) => {
    const model = createOllama(backendOptions(url));
    assert.deepEqual(await model.embed(["a", "b"]), [[1, 2], [3, 4]]);
    assert.equal(asked[0]?.truncate, false);
    assert.deepEqual(await model.embed([]), []);
    assert.equal(asked.length, 1);
    await assert.rejects(model.embed(["a"]), /2 vectors came for 1 texts/);
  });
});
