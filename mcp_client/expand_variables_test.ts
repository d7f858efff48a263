import assert from "node:assert/strict";
import fc from "fast-check";
import type { StdioServer } from "../config/server_definition.ts";
import { expandVariables, variablesOf } from "./expand_variables.ts";

const VALUES: Record<string, string> = { TOKEN: "s3cret", EMPTY: "", TRICK: "${TOKEN}" };
const env = (name: string) => VALUES[name];

function server(command: string): StdioServer {
  return { kind: "stdio", command, args: [command], env: { KEY: command }, cwd: command };
}

const table: [string, string][] = [
  ["plain", "plain"],
  ["a ${TOKEN} b ${TOKEN}", "a s3cret b s3cret"],
  ["${NONE:-fallback}", "fallback"],
  ["${NONE:-}", ""],
  ["${TOKEN:-x}", "s3cret"],
  ["${EMPTY}", ""],
  ["${EMPTY:-x}", "x"],
  ["${TRICK}", "${TOKEN}"],
  ["$TOKEN ${not a name} ${", "$TOKEN ${not a name} ${"],
];

for (const [text, expected] of table) {
  Deno.test(`expandVariables() makes ${JSON.stringify(text)} ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(expandVariables(server(text), env), server(expected));
  });
}

Deno.test("expandVariables() names a variable that is not set", () => {
  assert.throws(
    () => expandVariables(server("${NONE}"), env),
    { message: 'Cannot fill in "${NONE}": the variable is not set' },
  );
});

Deno.test("variablesOf() names every variable that expandVariables() reads", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constant("${A:-x}"), fc.constant("${B}"))),
      (parts) => {
        const read = new Set<string>();
        const one = server(parts.join(""));
        expandVariables(one, (name) => {
          read.add(name);
          return "";
        });
        assert.deepEqual(variablesOf(one), [...read].sort());
      },
    ),
  );
});
