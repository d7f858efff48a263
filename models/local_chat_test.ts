import assert from "node:assert/strict";
import { createLocalChat } from "./local_chat.ts";
import {
  backendOptions,
  PROFILE,
  REQUEST,
  responseText,
  startRawServer,
} from "./fakes/raw_server_fixture.ts";

function answering(value: unknown) {
  return startRawServer(({ write }) => write(responseText(200, JSON.stringify(value))));
}

Deno.test("createLocalChat() asks the service as it wants to be asked", async () => {
  const answer = { response: "Hello", response_tokens: 2, input_tokens: 5, total_tokens: 7 };
  await using server = answering(answer);
  const pieces: string[] = [];
  const profile = { ...PROFILE, systemRole: false };
  const messages = [{ role: "system", content: "Be brief." } as const, ...REQUEST.messages];
  const reply = await createLocalChat(backendOptions(`${server.url}/chat`, { profile }))
    .chat({ ...REQUEST, messages, onToken: (piece) => pieces.push(piece) });
  assert.deepEqual([reply.text, reply.done, pieces], ["Hello", "stop", ["Hello"]]);
  assert.deepEqual(reply.usage, { promptTokens: 5, completionTokens: 2, estimated: false });
  const [request] = server.requests;
  assert.match(request!, /^POST \/chat /);
  assert.deepEqual(JSON.parse(request!.slice(request!.indexOf("\r\n\r\n"))), {
    messages: [{ role: "user", content: "Be brief.\n\nHello" }],
    max_tokens: 50,
    temperature: 0.2,
    top_k: 50,
    top_p: 0.95,
  });
});

Deno.test("createLocalChat() takes an answer of all the tokens for a cut-off", async () => {
  await using server = answering({ response: "Hello", response_tokens: 50 });
  const reply = await createLocalChat(backendOptions(server.url)).chat(REQUEST);
  assert.equal(reply.done, "length");
});
