import { match } from "node:assert/strict";
import { lostConnection, toModelError } from "./call_fault.ts";

/** What the runtime says, and what users are told to do. */
const LOSSES: [error: string, state: RegExp, hint: RegExp][] = [
  [
    "client error (Connect): tcp connect error: Connection refused (os error 111)",
    /connection was refused$/,
    /^start it with "ollama serve"/,
  ],
  [
    "client error (Connect): dns error: failed to lookup address information",
    /there is no such host$/,
    /^check its name; "devmcp config show"/,
  ],
  [
    "client error (Connect): invalid peer certificate: UnknownIssuer",
    /no trusted TLS connection$/,
    /^check that the address begins/,
  ],
  [
    "client error (SendRequest): connection error: Connection reset by peer (os error 104)",
    /connection was lost$/,
    /^the server may have crashed or run out of memory/,
  ],
];

Deno.test("lostConnection() says what to do about each loss", () => {
  for (const [text, state, hint] of LOSSES) {
    const fault = lostConnection(
      new TypeError(`error sending request for url (http://h/): ${text}`),
    );
    const error = toModelError(fault, { doing: "ask", kind: "ollama" });
    match(error.message, state);
    match(error.hint ?? "", hint);
  }
});
