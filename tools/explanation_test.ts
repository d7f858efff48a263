import { equal } from "node:assert/strict";
import fc from "fast-check";
import { tidyExplanation } from "./explanation.ts";

Deno.test("tidyExplanation() leaves out what is only polite, and lead-ins to nothing", () => {
  const cases: [prose: string, left: string][] = [
    ["Sure! Here is the code:\n\nIt reads YAML.", "It reads YAML."],
    ["Certainly! I'd be happy to help you with that.\n\nIt sorts.", "It sorts."],
    ["Sure, here is a parser that uses a heap.", "Here is a parser that uses a heap."],
    ["It caches results. To install what it needs:\n\n", "It caches results."],
    ["To install what it needs:\n\nIt reads YAML.", "It reads YAML."],
    ["**Usage:**\n\nIt is slow.", "It is slow."],
    ["I hope this helps! The cache is not thread-safe.", "The cache is not thread-safe."],
    ["It reads.\n\nLet me know if you need anything else!", "It reads."],
    ["If you have any questions, feel free to ask.", ""],
    ["Here's the function.", ""],
    ["Happy coding!", ""],
    ["", ""],
  ];
  for (const [prose, left] of cases) equal(tidyExplanation(prose), left, prose);
});

Deno.test("tidyExplanation() keeps what is said of the code", () => {
  const kept = [
    "It does three things:\n\n1. reads: files\n2. writes",
    "It does:\n- read\n- write",
    "Note:\nIt is slow.",
    "Feel free to change MAX_RETRIES. Hope is no strategy.",
    "Great care is taken of empty lists.",
    "Sure is a keyword here, ok is a boolean.",
    "Call it like this:\n\n    read(text)",
    "## Usage:\n\nCall it.",
    "Python 3.11 is needed: it has tomllib.",
    "  indented, and two  spaces. Kept.",
  ];
  for (const prose of kept) equal(tidyExplanation(prose), prose.trim());
});

Deno.test("tidyExplanation() takes whatever comes", () => {
  const piece = fc.constantFrom("Sure! ", "Note: ", "It is. ", "\n", "- a", "I hope this helps. ");
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    const once = tidyExplanation(pieces.join(""));
    equal(once.length <= pieces.join("").length, true);
  }));
  equal(tidyExplanation("! ".repeat(100_000)).length > 0, true);
});
