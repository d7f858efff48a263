/** A worker for the tests of the pool: each job says what is to happen. */
import { ToolError } from "../../config/tool_error.ts";
import { serveJobs } from "../pool.ts";

export type TestJob =
  | { do: "echo"; value: unknown }
  | { do: "sleep"; ms: number }
  | { do: "burn"; ms: number }
  | { do: "write"; path: string; ms: number }
  | { do: "spend" } // It does no further job.
  | { do: "throw" | "refuse" | "die" | "reject" | "exit" | "init" | "unsendable" };

let isSpent = false;

serveJobs(async (job: TestJob, init) => {
  switch (job.do) {
    case "echo":
      return job.value;
    case "sleep":
      return await sleep(job.ms);
    case "burn":
      return burn(job.ms);
    case "spend":
      isSpent = true;
      return "spent";
    case "write":
      await Deno.writeTextFile(job.path, "begun");
      burn(job.ms);
      await sleep(1);
      return await Deno.writeTextFile(job.path, "done");
    case "throw":
      throw new TypeError("a bug\nwith a second line");
    case "refuse":
      throw new ToolError("Cannot do it", { hint: "do not" });
    case "die":
      setTimeout(() => {
        throw new Error("out of luck");
      });
      return await sleep(60_000);
    case "reject":
      Promise.reject(new Error("nobody caught this"));
      return await sleep(60_000);
    case "exit":
      return Deno.exit(7);
    case "init":
      return init;
    case "unsendable":
      return () => {};
  }
}, () => isSpent);

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function burn(ms: number): number {
  let turns = 0;
  for (const until = performance.now() + ms; performance.now() < until;) turns++;
  return turns;
}
