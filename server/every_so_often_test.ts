import assert from "node:assert/strict";
import { withFakeClock } from "../models/fakes/fake_clock.ts";
import { everySoOften } from "./every_so_often.ts";

Deno.test("everySoOften() acts at once, then once for all that is told in a pause", () =>
  withFakeClock(async (clock) => {
    const acts: number[] = [];
    const { tell, end } = everySoOften(1000, () => acts.push(clock.now()));
    tell();
    tell();
    tell();
    assert.deepEqual(acts, [0]);
    await clock.advance(1000);
    assert.deepEqual(acts, [0, 1000]);
    await clock.advance(5000);
    tell();
    assert.deepEqual(acts, [0, 1000, 6000]);
    tell();
    end();
    await clock.advance(5000);
    assert.equal(acts.length, 3);
    assert.equal(clock.timers, 0);
  }));
