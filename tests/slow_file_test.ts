/** A file that is made to be slow: half a minute, so only where there is time. */
import assert from "node:assert/strict";
import { devmcp, inFolder } from "./devmcp.ts";

/** Here-documents that never end: the parser looks for the end of each. */
const SLOW = "<<A\n".repeat(2_000_000);

Deno.test({
  name: "a file that takes longer than 30 s is given up, and the others are done",
  ignore: !Deno.env.has("DEVMCP_SOAK"),
  async fn() {
    await inFolder({ "a.sh": SLOW, "b.py": "import os\n" }, async (cwd) => {
      const args = ["review", "--no-cache", "--format", "jsonl", "."];
      const { code, stdout, stderr } = await devmcp(args, { cwd });
      assert.match(stderr, /^devmcp: Cannot finish "a\.sh": it takes longer than 30 s$/m);
      assert.match(stdout, /"path":"b\.py".*"F401"/);
      assert.equal(code, 2);
    });
  },
});
