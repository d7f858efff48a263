import { join } from "node:path";
import { capture } from "../scripts/run.ts";
import { measure, ratio, typical } from "./measure.ts";
import type { Peers } from "./peers.ts";
import type { Row } from "./row.ts";

const IDENTITY = ["-c", "user.name=bench", "-c", "user.email=bench@example.com"];

/** A cache that cannot be: a commit brings what nobody has reviewed. */
const UNCACHED = ["env", "XDG_CACHE_HOME=/dev/null/none"];

/** What a commit of one file waits for: the hook, run by git as a commit does. */
export async function measureStaged(devmcp: string, { python, lib }: Peers): Promise<Row> {
  const folder = await Deno.makeTempDir();
  try {
    await stageOneFile(folder, join(lib, "textwrap.py"), devmcp);
    const hook = [...UNCACHED, "git", "-C", folder, "hook", "run", "pre-commit"];
    const plain = [...UNCACHED, devmcp, "review", "--model", "off", join(folder, "a.py")];
    const [ours, whole] = await measure(python, 15, hook, plain);
    const wall = typical(ours!, "wall");
    return {
      what: "`git commit` of one 500-line Python file: the hook, cold",
      figure: `${Math.round(wall * 1000)} ms`,
      peer: `\`devmcp review\` of the file: ${Math.round(typical(whole!, "wall") * 1000)} ms`,
      ratio: `${ratio(ours!, whole!, "wall").toFixed(2)} ×`,
      target: "≤ 300 ms",
      holds: wall <= 0.3,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function stageOneFile(folder: string, file: string, devmcp: string): Promise<void> {
  const git = (...args: string[]) => checked("git", ["-C", folder, ...IDENTITY, ...args]);
  const path = join(folder, "a.py");
  await git("init", "--quiet");
  await Deno.copyFile(file, path);
  await git("add", "a.py");
  await git("commit", "--quiet", "--message", "x");
  await Deno.writeTextFile(path, "\nCHANGED = True\n", { append: true });
  await git("add", "a.py");
  await checked("env", ["-C", folder, devmcp, "hook", "install"]);
}

async function checked(program: string, args: string[]): Promise<void> {
  const { code, stderr } = await capture(program, args);
  if (code !== 0) throw new Error(`Cannot prepare the repository: ${stderr}`);
}
