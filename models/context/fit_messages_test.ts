import assert from "node:assert/strict";
import type { ChatMessage } from "../chat_model.ts";
import { fitMessages } from "./fit_messages.ts";
import { PROFILE } from "../fakes/raw_server_fixture.ts";

const NO_SYSTEM = { ...PROFILE, systemRole: false };

/** `s:a u:b` stands for a system message "a" and one of the user, "b". */
function messagesOf(text: string): ChatMessage[] {
  const roles = { s: "system", u: "user", a: "assistant" } as const;
  return text.split(" ").filter(Boolean).map((part) => ({
    role: roles[part[0] as keyof typeof roles],
    content: part.slice(2).replaceAll("|", "\n\n"),
  }));
}

for (
  const [given, fitted] of [
    ["", ""],
    ["u:b", "u:b"],
    ["s:a u:b", "u:a|b"],
    ["s:a", "u:a"],
    ["s:a s:b u:c", "u:a|b|c"],
    ["s:a u:b a:c u:d", "u:a|b a:c u:d"],
    ["u:a u:b a:c a:d u:e", "u:a|b a:c|d u:e"],
    ["u:a s:b a:c", "u:b|a a:c"],
    ["s:a a:b u:c", "u:a a:b u:c"],
  ] as const
) {
  Deno.test(`fitMessages() makes "${fitted}" of "${given}" for a template without a system role`, () => {
    const messages = messagesOf(given);
    assert.deepEqual(fitMessages(messages, NO_SYSTEM), messagesOf(fitted));
    assert.deepEqual(messages, messagesOf(given), "the messages given were changed");
  });
}

Deno.test("fitMessages() leaves them alone where the template knows the system role", () => {
  const messages = messagesOf("s:a u:b u:c");
  assert.deepEqual(fitMessages(messages, PROFILE), messages);
});
