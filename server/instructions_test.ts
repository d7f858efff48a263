import { doesNotMatch, match } from "node:assert/strict";
import { tools } from "../tools/mod.ts";
import { instructionsFor } from "./instructions.ts";

const only = (...names: string[]) =>
  instructionsFor(tools.filter(({ name }) => names.includes(name)));

Deno.test("instructionsFor() speaks of the tools that are there", () => {
  match(only("review_code", "write_file"), /only write_file changes files.*Review first/);
  match(only("format_code"), /they change no file\. Give code as `code`/);
  doesNotMatch(only("format_code"), /review|refactored_code/i);
  doesNotMatch(only("list_files"), /`code`/);
});
