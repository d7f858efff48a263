import { match } from "node:assert/strict";
import { RecordedOutput } from "../cli/fake_app.ts";
import { renderOffer } from "./offer_text.ts";

Deno.test("renderOffer() tells of resources in a sentence and its facts", () => {
  const text = renderOffer({
    server: { name: "s", title: "s", version: "1" },
    protocol: "2025-11-25",
    era: "legacy",
    instructions: "",
    roundTripMs: 1,
    capabilities: {},
    tools: [],
    prompts: [],
    resources: [{
      uri: "a://b",
      name: "b",
      description: "Records decisions.",
      mimeType: "text/markdown",
      size: 2000,
    }],
    templates: [],
  }, new RecordedOutput());
  match(text, /a:\/\/b +Records decisions \(text\/markdown, 2,000 bytes\)\n/);
});
