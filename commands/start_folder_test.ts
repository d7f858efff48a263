import { equal, match, throws } from "node:assert/strict";
import { startFolder, startWarning } from "./start_folder.ts";

Deno.test("startFolder() is this folder, never the whole disk", () => {
  equal(startFolder({ cwd: "/home/ada/project" }), "/home/ada/project");
  throws(() => startFolder({ cwd: "/" }), /Cannot serve "\/": it is the whole disk/);
});

Deno.test("startWarning() warns of the home folder, unless it was asked for", () => {
  const env = (name: string) => name === "HOME" ? "/home/ada" : undefined;
  match(startWarning({ cwd: "/home/ada", env }) ?? "", /is the home folder/);
  equal(startWarning({ cwd: "/home/ada", env }, "."), undefined);
  equal(startWarning({ cwd: "/home/ada/project", env }), undefined);
});
