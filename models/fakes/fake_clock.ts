/** Time that passes only when a test says so. For tests. */

export interface FakeClock {
  /** Milliseconds since the clock began. */
  now(): number;
  /** Lets time pass: each timer that is due rings at its time. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until `work` is done, and gives what it gives; what takes real time is waited for. */
  until<T>(work: Promise<T>): Promise<T>;
  /** How many timers are set. */
  readonly timers: number;
}

interface Timer {
  at: number;
  ring(): void;
}

/** Promises that follow one another within one moment, at most. */
const TURNS = 60;
/** For what takes real time, such as loading a module, in milliseconds. */
const MOST_WAITS = 10_000;

/** Runs `test` with setTimeout and clearTimeout going by the clock it is given. */
export async function withFakeClock<T>(test: (clock: FakeClock) => Promise<T>): Promise<T> {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Map<number, Timer>();
  let time = 0, next = 1;
  const settle = async () => {
    for (let turn = 0; turn < TURNS; turn++) await Promise.resolve();
  };
  const ringNext = async (latest: number): Promise<boolean> => {
    await settle();
    const [first] = [...timers].sort(([a, one], [b, other]) => one.at - other.at || a - b);
    if (!first || first[1].at > latest) return false;
    const [id, { at, ring }] = first;
    timers.delete(id);
    time = at;
    ring();
    return true;
  };
  const clock: FakeClock = {
    now: () => time,
    advance: async (ms) => {
      const latest = time + ms;
      while (await ringNext(latest));
      time = latest;
    },
    until: async (work) => {
      let isDone = false;
      const done = () => void (isDone = true);
      work.then(done, done);
      await settle();
      for (let waits = 0; !isDone && waits < MOST_WAITS;) {
        if (await ringNext(Infinity)) await settle();
        else waits++, await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return await work;
    },
    get timers() {
      return timers.size;
    },
  };
  const fake = (ring: () => void, ms = 0) => {
    // Real timers take whole milliseconds too; and sums of them are exact.
    timers.set(next, { at: time + Math.trunc(ms), ring });
    return next++;
  };
  Object.assign(globalThis, { setTimeout: fake, clearTimeout: (id: number) => timers.delete(id) });
  try {
    return await test(clock);
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}
