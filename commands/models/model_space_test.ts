import { doesNotThrow, equal, ok, throws } from "node:assert/strict";
import { checkSpace, findModelSpace } from "./model_space.ts";

const LOCAL = "http://127.0.0.1:11434";

Deno.test("findModelSpace() looks where OLLAMA_MODELS says, and nowhere else then", async () => {
  const folder = await Deno.makeTempDir();
  const space = await findModelSpace(LOCAL, (name) => name === "OLLAMA_MODELS" ? folder : "/");
  await Deno.remove(folder);
  equal(space?.folder, folder);
  ok(space.bytes > 0);
  equal(await findModelSpace(LOCAL, () => folder), undefined);
});

Deno.test("findModelSpace() does not take this machine's space for another's", async () => {
  equal(await findModelSpace("http://gpu:11434", () => "/"), undefined);
});

Deno.test("checkSpace() refuses what does not fit, in one line", () => {
  const space = { folder: "/models", bytes: 2e9 };
  doesNotThrow(() => checkSpace("m", 2e9, space));
  throws(() => checkSpace("m", 4.4e9, space), {
    name: "ToolError",
    message: 'Cannot pull "m": 4.4 GB are to come, and the volume of /models has 2.0 GB free',
  });
});
