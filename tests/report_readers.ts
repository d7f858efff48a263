/** The programs that reports are for: they come from PyPI, into .tools, the first time. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPythonPeers, REPORT_READERS, SCHEMA_SOURCES } from "../scripts/python_peers.ts";
import { capture, run } from "../scripts/run.ts";

const FOLDER = new URL("../.tools/report-readers/", import.meta.url);
const SCHEMAS = new URL("schemas/", FOLDER);
const SCHEMA: Record<string, string> = {
  // The official schema, as Microsoft's package holds it; Jenkins' schema, as pytest's does.
  sarif: "sarif_om-1.0.4/sarif-2.1.0-rtm.4.json",
  junit: "pytest-8.3.4/testing/example_scripts/junit-10.xsd",
};

export interface ReadReport {
  errors: string[];
  /** Path, rule and message of each finding, and what else the format has. */
  found: (string | number)[][];
}

const { python } = await installPythonPeers(FOLDER, REPORT_READERS);
await fetchSchemas();

/** Has reports `out.FORMAT` of a folder read by the programs they are for. */
export async function readReports(
  formats: readonly string[],
  folder: string,
): Promise<Map<string, ReadReport>> {
  const script = fileURLToPath(new URL("report_readers.py", import.meta.url));
  const triples = formats.flatMap((format) => {
    const schema = SCHEMA[format] ? fileURLToPath(new URL(SCHEMA[format], SCHEMAS)) : "-";
    return [format, join(folder, `out.${format}`), schema];
  });
  const { code, stdout, stderr } = await capture(python, [script, ...triples]);
  if (code !== 0) throw new Error(stderr);
  return new Map(Object.entries(JSON.parse(stdout)));
}

async function fetchSchemas(): Promise<void> {
  const missing = Object.values(SCHEMA)
    .filter((path) => !exists(new URL(path, SCHEMAS)));
  if (missing.length === 0) return;
  const folder = fileURLToPath(SCHEMAS);
  const quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", ":all:"];
  await run(python, ["-m", "pip", "download", ...quiet, "--dest", folder, ...SCHEMA_SOURCES]);
  for (const path of missing) {
    const archive = `${path.split("/", 1)[0]}.tar.gz`;
    await run("tar", ["-xzf", archive, path], { cwd: SCHEMAS });
  }
}

function exists(url: URL): boolean {
  try {
    return Deno.statSync(url).isFile;
  } catch {
    return false;
  }
}
