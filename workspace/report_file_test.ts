import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { openReport } from "./report_file.ts";

async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

Deno.test("openReport() shows the new file when it is whole, and keeps its mode", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/old`, "old");
    await Deno.chmod(`${folder}/old`, 0o640);
    const report = await openReport("old", folder);
    report.write("new ");
    report.write("x".repeat(100_000));
    equal(await Deno.readTextFile(`${folder}/old`), "old");
    await report.keep();
    await report.drop();
    equal(await Deno.readTextFile(`${folder}/old`), `new ${"x".repeat(100_000)}`);
    equal((await Deno.stat(`${folder}/old`)).mode! & 0o777, 0o640);
    deepEqual(await namesIn(folder), ["old"]);
  }));

Deno.test("openReport() leaves all as it was when the report is dropped", () =>
  inFolder(async (folder) => {
    for (const name of ["new", "old"]) {
      if (name === "old") await Deno.writeTextFile(`${folder}/old`, "old");
      const report = await openReport(name, folder);
      report.write("x".repeat(100_000));
      await report.drop();
    }
    deepEqual(await namesIn(folder), ["old"]);
    equal(await Deno.readTextFile(`${folder}/old`), "old");
  }));

Deno.test("openReport() follows a link, and writes to a device at once", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/real`, "");
    await Deno.symlink("real", `${folder}/link`);
    const report = await openReport("link", folder);
    report.write("x");
    await report.keep();
    equal(await Deno.readTextFile(`${folder}/real`), "x");
    equal((await Deno.lstat(`${folder}/link`)).isSymlink, true);
    const device = await openReport("/dev/null", folder);
    device.write("x");
    await device.keep();
  }));

Deno.test("openReport() says why a file cannot be written", () =>
  inFolder(async (folder) => {
    await Deno.symlink("nowhere", `${folder}/link`);
    const table: [string, RegExp][] = [
      ["missing/a.json", /"missing\/a\.json": no such folder/],
      [".", /it is a folder/],
      ["link", /leads nowhere/],
    ];
    for (const [path, message] of table) await rejects(openReport(path, folder), message);
  }));

Deno.test({
  name: "openReport() tells of a full disk",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const message = /Cannot write "\/dev\/full": no space left on the disk/;
    const small = await openReport("/dev/full", "/");
    small.write("x");
    await rejects(small.keep(), message);
    const large = await openReport("/dev/full", "/");
    throws(() => large.write("x".repeat(100_000)), message);
    await large.drop();
  },
});
