import assert from "node:assert/strict";
import { fakeContext } from "./fake_context.ts";
import { tool } from "./list_languages.ts";

Deno.test("list_languages() tells what is done for a language and by which engine", async () => {
  const { languages } = await tool.run({ language: "py" }, fakeContext());
  assert.equal(languages.length, 1);
  assert.equal(languages[0]!.language, "Python");
  assert.match(languages[0]!.lint!, /^Ruff \d+\.\d+\.\d+$/);
  assert.match(tool.render!({ languages }, {}), /^\| Python \| \.py .* \| Ruff /m);
});

Deno.test("list_languages() says which there are where there is nothing for one", async () => {
  await assert.rejects(() => tool.run({ language: "cobol" }, fakeContext()), {
    message: 'Cannot list "cobol": devmcp does nothing for it',
    hint: /Python/,
  });
});
