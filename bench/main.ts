/**
 * Measures devmcp beside other programs in one run, and writes docs/benchmarks.md. Wants python3 with
 * venv, node and npm; the other programs are installed into a scratch environment.
 *
 * `deno task bench repository commit` measures but those rows and writes nothing but them to
 * standard output. With DEVMCP_BIN nothing is built: that binary is measured.
 */
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { build } from "../scripts/build.ts";
import { type CompiledPeers, compilePeers } from "./compile_peers.ts";
import { measureChat } from "./chat.ts";
import { measureLibrary } from "./library.ts";
import { measureFile, measureLint } from "./lint.ts";
import { measureModels } from "./models.ts";
import { installPeers, type Peers } from "./peers.ts";
import type { Row } from "./row.ts";
import { measureRepository, REPOSITORY_NOTE } from "./repository.ts";
import { ESLINT_VERSIONS } from "./install_eslint.ts";
import { measureServe } from "./serve.ts";
import { measureStaged } from "./staged.ts";
import { measureHelp, measureStart } from "./start.ts";
import { measureWatch } from "./watch.ts";

const given = Deno.env.get("DEVMCP_BIN");
const devmcp = given ?? fileURLToPath(new URL("../devmcp", import.meta.url));
/** Says how it stands: the whole takes some ten minutes. */
function tell(row: Row): Row {
  console.error(`${row.what}: ${row.figure}; ${row.peer} ${row.ratio}`);
  return row;
}

function report(rows: Row[], peers: Peers): string {
  const line = ({ what, figure, peer, ratio, target, holds }: Row) =>
    `| ${what} | ${figure} | ${peer} | ${ratio} | ${target} | ${holds ? "yes" : "**no**"} |`;
  return `# Benchmarks

Written by \`make bench\`: each figure is the median of several whole-process runs, each ratio the median
of runs that stood beside each other. Absolute times depend on the machine, ratios much less.

Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, ${
    Math.round(totalmem() / 2 ** 30)
  } GiB, ${Deno.build.target}.
Versions: ${[...peers.versions, ...ESLINT_VERSIONS].join(", ")}, Deno ${Deno.version.deno}.

\`echo\` is a tool that is answered in the server's own thread, as \`list_languages\` is; \`format_code\`, with
work in it, goes to a worker.

${REPOSITORY_NOTE}

| what | devmcp | beside it | ratio | target | holds |
| --- | --- | --- | --- | --- | --- |
${rows.map(line).join("\n")}
`;
}

/** All parts, in the order of the report. */
const PARTS: Record<string, (peers: Peers) => AsyncIterable<Row>> = {
  help: async function* (peers) {
    yield await measureHelp(devmcp, (await compiled()).hello, peers);
  },
  start: async function* () {
    yield await measureStart(devmcp, (await compiled()).minimal);
  },
  file: async function* (peers) {
    yield await measureFile(devmcp, peers);
  },
  commit: async function* (peers) {
    yield await measureStaged(devmcp, peers);
    yield await measureWatch(devmcp, peers);
  },
  serve: async function* ({ python }) {
    yield* measureServe({ ...await compiled(), devmcp, python });
  },
  models: () => measureModels(devmcp),
  chat: ({ python }) => measureChat(devmcp, python),
  lint: async function* (peers) {
    yield await measureLint(peers);
  },
  library: (peers) => measureLibrary(devmcp, peers),
  repository: (peers) => measureRepository(devmcp, peers),
};

let compiling: Promise<CompiledPeers> | undefined;
const compiled = () => compiling ??= compilePeers();

async function measureParts(names: string[]): Promise<void> {
  const unknown = names.find((name) => !(name in PARTS));
  if (unknown) {
    throw new Error(`Cannot measure "${unknown}": there are ${Object.keys(PARTS).join(", ")}`);
  }
  const peers = await installPeers();
  if (given === undefined) await build(Deno.build.target);
  const rows: Row[] = [];
  for (const name of names.length > 0 ? names : Object.keys(PARTS)) {
    for await (const row of PARTS[name]!(peers)) rows.push(tell(row));
  }
  const text = report(rows, peers);
  console.log(text);
  if (names.length > 0) return;
  await Deno.writeTextFile(new URL("../docs/benchmarks.md", import.meta.url), text);
}

await measureParts(Deno.args);
