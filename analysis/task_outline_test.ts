import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { readTaskOutline } from "./task_outline.ts";

Deno.test("readTaskOutline() reads lists under headings, however they are marked", () => {
  const expected = {
    description: "Make the import fast.",
    requirements: ["Same data", "Under a minute"],
    steps: ["Measure", "Change"],
    complexity: "Medium",
  };
  const texts = [
    "## Description\nMake the import fast.\n\n## Requirements\n- Same data\n- Under a minute\n\n" +
    "## Steps\n1. Measure\n2. Change\n\n## Estimated complexity\nMedium\n",
    "Make the import fast.\n\n**Requirements:**\n* **Same data**\n* Under a minute\n" +
    "**Steps:**\n1) Measure\n2) Change\n**Complexity:** Medium",
    "formalized_description: Make the import fast.\nrequirements:\n- Same data\n- Under a minute\n" +
    "steps:\n- Measure\n- Change\nestimated_complexity: Medium",
  ];
  for (const text of texts) deepEqual(readTaskOutline(text), expected, text);
});

Deno.test("readTaskOutline() makes nothing up", () => {
  for (const text of ["", "I cannot help.", "Requirements:\n- one", "Steps:\n1. one", "{}"]) {
    equal(readTaskOutline(text), undefined, text);
  }
});

Deno.test("readTaskOutline() reads any text", () => {
  const piece = fc.constantFrom("# ", "**", ":", "Steps", "- ", "1. ", "\n", "Requirements", "a ");
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    const outline = readTaskOutline(pieces.join(""));
    equal(outline === undefined || outline.requirements.length > 0, true);
  }));
});
