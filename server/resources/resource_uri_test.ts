import assert from "node:assert/strict";
import fc from "fast-check";
import { formatResourceUri, parseResourceUri, type ResourceUri } from "./resource_uri.ts";

const good: [string, ResourceUri][] = [
  ["prompts://architect", { scheme: "prompts", name: "architect" }],
  ["prompts://My_Own-1", { scheme: "prompts", name: "My_Own-1" }],
  ["templates://project-structure/go", {
    scheme: "templates",
    name: "project-structure",
    part: "go",
  }],
  ["templates://project-structure/c%2B%2B", {
    scheme: "templates",
    name: "project-structure",
    part: "c++",
  }],
  ["templates://project-structure/c%23", {
    scheme: "templates",
    name: "project-structure",
    part: "c#",
  }],
];

Deno.test("parseResourceUri() takes URIs that could be ours", () => {
  for (const [uri, parts] of good) assert.deepEqual(parseResourceUri(uri), parts, uri);
});

const bad = [
  "",
  "architect",
  "prompts:architect",
  "prompts:/architect",
  "prompts://",
  "prompts:///architect",
  "prompts://architect/",
  "prompts://architect/a/b",
  "prompts://architect?x",
  "prompts://architect#x",
  "prompts://architect\n",
  " prompts://architect",
  "Prompts://architect",
  "prompts://archi tect",
  "prompts://../etc",
  "prompts://user@architect",
  "prompts://architect:80",
  "tools://reference/..",
  "tools://reference/%2e%2e",
  "tools://reference/..%2Fx",
  "tools://reference/a%2Fb",
  "tools://reference/a%00",
  "tools://reference/%",
  "tools://reference/%ff",
  "tools://reference/-x",
  `tools://reference/${"x".repeat(65)}`,
  `prompts://${"x".repeat(65)}`,
  "file:///etc/passwd",
];

Deno.test("parseResourceUri() takes no others", () => {
  for (const uri of bad) assert.equal(parseResourceUri(uri), undefined, uri);
});

Deno.test("formatResourceUri() gives back what parseResourceUri() takes, whatever is typed", () => {
  const piece = fc.constantFrom(
    "prompts",
    "://",
    "/",
    "a",
    "..",
    "%2e",
    "%2B",
    "#",
    "?",
    "C",
    "\n",
  );
  const uri = fc.oneof(fc.string(), fc.array(piece).map((pieces) => pieces.join("")));
  fc.assert(fc.property(uri, (uri) => {
    const parsed = parseResourceUri(uri);
    if (!parsed) return;
    assert.deepEqual(parseResourceUri(formatResourceUri(parsed)), parsed);
    assert.doesNotMatch(parsed.part ?? "", /^\.|[/\\\s]/);
  }));
  const part = fc.stringMatching(/^[a-z+#][a-z+#.]{0,20}$/);
  fc.assert(fc.property(part, (part) => {
    const parts = { scheme: "templates", name: "x", part };
    assert.deepEqual(parseResourceUri(formatResourceUri(parts)), parts);
  }));
});
