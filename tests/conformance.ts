/** Runs scenarios of the official conformance suite and reads what it found. */
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** A check of the suite, as it writes it. */
export interface Check {
  id: string;
  status: "SUCCESS" | "FAILURE" | "WARNING" | "SKIPPED" | "INFO";
  description: string;
  errorMessage?: string;
}

/** The checks of each scenario, by its name. */
export type Results = Map<string, Check[]>;

/** Longer than all scenarios of a run take, one beside the other, on a busy machine. */
const PATIENCE_MS = 180_000;
/** Of one scenario: all of them start at once. */
const SCENARIO_MS = 100_000;
const TIMESTAMP = /-\d{4}-\d\d-\d\dT[\d-]+Z$/;

/**
 * Runs scenarios against a client of this folder.
 *
 * @param version of the suite, which is got from npm when it is not here
 * @param args which scenarios
 */
export async function runConformance(
  version: string,
  args: string[],
  client = "conformance_client.ts",
): Promise<Results> {
  // The suite takes it apart at blanks: none may be in the paths.
  const command = [Deno.execPath(), "run", "-A", "--no-check", pathOf(client)].join(" ");
  return await runSuite(version, [
    "client",
    ...["--command", command],
    ...["--timeout", `${SCENARIO_MS}`],
    ...args,
  ]);
}

/** Runs scenarios against the server at `url`; the rest as in {@link runConformance}. */
export async function runServerConformance(
  version: string,
  args: string[],
  url: string,
): Promise<Results> {
  const results = await runSuite(version, ["server", "--url", url, ...args]);
  return new Map([...results].map(([name, checks]) => [name.replace(/^server-/, ""), checks]));
}

async function runSuite(version: string, args: string[]): Promise<Results> {
  const folder = await Deno.makeTempDir({ prefix: "devmcp_conformance_" });
  const suite = `npm:@modelcontextprotocol/conformance@${version}`;
  const alone = ["--no-config", "--no-lock", "--preload", pathOf("conformance_deno.ts")];
  try {
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", ...alone, suite, ...args, "-o", folder],
      cwd: folder,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).output();
    const results = await readResults(folder);
    if (results.size === 0) throw new Error(new TextDecoder().decode(stderr));
    return results;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Whether a scenario holds: something was checked, and nothing was found. */
export function describeProblems(checks: Check[]): string {
  const problems = checks.filter(({ status }) => status === "FAILURE" || status === "WARNING")
    .map(({ id, description, errorMessage }) => `${id}: ${errorMessage ?? description}`);
  const isChecked = checks.some(({ status }) => status === "SUCCESS");
  return isChecked ? problems.join("\n") : ["nothing was checked", ...problems].join("\n");
}

async function readResults(folder: string, root = folder): Promise<Results> {
  const results: Results = new Map();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) {
      for (const [scenario, checks] of await readResults(path, root)) results.set(scenario, checks);
    } else if (name === "checks.json") {
      const scenario = relative(root, folder).replaceAll("\\", "/").replace(TIMESTAMP, "");
      results.set(scenario, JSON.parse(await Deno.readTextFile(path)));
    }
  }
  return results;
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
