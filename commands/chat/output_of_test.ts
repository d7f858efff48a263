import { deepEqual, equal } from "node:assert/strict";
import { fakeApp, RecordedOutput } from "../../cli/fake_app.ts";
import { outputOf } from "./output_of.ts";

Deno.test("outputOf() has room for a block's indent, and tells of the real terminal", async () => {
  const stdout = new RecordedOutput({ isTerminal: true, columns: 80, color: true });
  const text = await outputOf(fakeApp({ stdout }), (app) => {
    const { columns, color, screen } = app.stdout;
    deepEqual([columns, color, screen?.columns, screen?.color], [76, false, 80, true]);
    return Promise.resolve(app.stdout.write("written"));
  });
  equal(text, "written");
});

Deno.test("outputOf() of a doctor names the terminal that shows it", async () => {
  const { doctor } = await import("../doctor.ts");
  const stdout = new RecordedOutput({ isTerminal: true, columns: 80, color: true });
  const env = (name: string) => name === "PATH" ? "" : undefined;
  const text = await outputOf(fakeApp({ stdout, env }), (app) => doctor(app, {}));
  equal(/^ok +terminal +(.*)$/m.exec(text)?.[1], "80 columns, colours on");
});
