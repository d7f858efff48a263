import { deepEqual, equal } from "node:assert/strict";
import { labelsOf, languageNamed } from "./languages.ts";

Deno.test("languageNamed() knows the other names of languages", () => {
  const cases = [["Py", "python"], [" TS ", "typescript"], ["golang", "go"], ["C++", "cpp"], [
    "Fortran",
    "fortran",
  ], ["postgresql", "postgresql"]];
  for (const [name, language] of cases) equal(languageNamed(name!), language);
});

Deno.test("labelsOf() gives a language's name, its other names and its labels", () => {
  deepEqual(labelsOf("Golang"), ["go", "golang"]);
  deepEqual(labelsOf("ts"), ["typescript", "ts", "tsx", "mts"]);
  deepEqual(labelsOf("fortran"), ["fortran"]);
});
