import { deepEqual, equal, match } from "node:assert/strict";
import { fakeApp } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";

/** What `health` says of a server that answers every connection with these bytes, and closes it. */
async function healthOf(answer: string) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answering = (async () => {
    const connection = await listener.accept();
    await connection.read(new Uint8Array(4096));
    await connection.write(new TextEncoder().encode(answer));
    connection.close();
  })();
  const app = fakeApp();
  const entry = { name: "health", summary: "ask", load: () => import("./health.ts") };
  await runProgram(["health", `127.0.0.1:${listener.addr.port}`], app, [entry]);
  await answering;
  listener.close();
  return { code: app.exitCode, stdout: app.stdout.text, stderr: app.stderr.text };
}

const reply = (status: string, body: string, length = body.length) =>
  `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n${body}`;

Deno.test("health prints the answer in one line", async () => {
  const well = await healthOf(reply("200 OK", '{"status":"ok"}'));
  deepEqual(well, { code: 0, stdout: '200 {"status":"ok"}\n', stderr: "" });
  const ill = await healthOf(reply("503 Service Unavailable", "no\u001b[31m\nmodel"));
  equal(ill.code, 1);
  match(ill.stdout, /^503 no[ -~]*model\n$/);
});

for (
  const [what, answer] of [
    ["breaks off", reply("200 OK", "{", 100)],
    ["is too long", reply("200 OK", "x".repeat(5000))],
    ["is no HTTP", "SSH-2.0\r\n"],
  ] as const
) {
  Deno.test(`health says that the server cannot be asked where its answer ${what}`, async () => {
    const { code, stdout, stderr } = await healthOf(answer);
    deepEqual([code, stdout], [2, ""]);
    match(stderr, /^devmcp: Cannot ask "127\.0\.0\.1:\d+": .*\n {2}hint: is it running/);
  });
}
