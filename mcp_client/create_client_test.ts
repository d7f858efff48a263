import { deepEqual } from "node:assert/strict";
import type { JSONRPCMessage, Transport } from "@modelcontextprotocol/client";
import { type ClientHandlers, createClient } from "./create_client.ts";

const asked: ClientHandlers["asked"] = {
  sample: () => Promise.reject(new Error("asked")),
  elicit: () => Promise.resolve({ action: "cancel" }),
};

const cases: [string, Partial<ClientHandlers>, string[]][] = [
  ["all where there are a folder and a person", { folder: "/p", asked }, [
    "roots",
    "sampling",
    "elicitation",
  ]],
  ["no questions where nobody would answer", { folder: "/p" }, ["roots"]],
  ["nothing to our own server", {}, []],
];

for (const [what, handlers, capabilities] of cases) {
  Deno.test(`createClient() offers ${what}`, async () => {
    const client = createClient("legacy", {
      version: "1",
      onListChanged() {},
      onProblem() {},
      ...handlers,
    });
    const { promise: sent, resolve } = Promise.withResolvers<JSONRPCMessage>();
    const connecting = client.connect(recorder(resolve)).catch(() => {});
    const { params } = await sent as unknown as { params: { capabilities: object } };
    deepEqual(Object.keys(params.capabilities), capabilities);
    await client.close();
    await connecting;
  });
}

function recorder(tell: (message: JSONRPCMessage) => void): Transport {
  return {
    start: () => Promise.resolve(),
    send(message) {
      tell(message as JSONRPCMessage);
      return Promise.resolve();
    },
    close() {
      this.onclose?.();
      return Promise.resolve();
    },
  };
}
