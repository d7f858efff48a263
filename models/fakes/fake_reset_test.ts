import assert from "node:assert/strict";
import { startFaultyOllama } from "./fake_ollama_faults.ts";

Deno.test("resetConnection() resets in the middle of a reply", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  const fake = await startFaultyOllama("reset_in_stream");
  const client = await Deno.connect({
    hostname: "127.0.0.1",
    port: Number(new URL(fake.url).port),
  });
  await client.write(new TextEncoder().encode("POST /api/chat HTTP/1.1\r\n\r\n"));
  const buffer = new Uint8Array(1000);
  assert.ok((await client.read(buffer))! > 0);
  await assert.rejects(client.read(buffer), Deno.errors.ConnectionReset);
  client.close();
  await fake.stop();
});
