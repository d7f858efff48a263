/**
 * Collects the licences of what goes into the binary: of the packages that modules of the bundle
 * come from, and of those whose files are packed as assets.
 */
import { join } from "node:path";
import type { License } from "../assets/licenses.ts";
import { bundledModules, ENTRIES } from "./bundled.ts";
import { capture } from "./run.ts";
import { PACKAGE_LICENSES, RUNTIME_LICENSES } from "./runtime_licenses.ts";

/** Takes single files out of packages; these bring no dependencies. */
const PACKER = "scripts/assets.ts";

const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;

/** The part of `deno info --json FILE` that is read here. */
interface Graph {
  modules: { npmPackage?: string }[];
  /** By `name@version`. */
  npmPackages: Record<string, Package>;
}

interface Package {
  name: string;
  version: string;
}

async function deno(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await capture(Deno.execPath(), args);
  if (code !== 0) throw new Error(`Cannot read the packages' licences: ${stderr.trim()}`);
  return stdout;
}

/** The packages that single files are taken from. */
async function packedPackages(): Promise<Package[]> {
  const { modules, npmPackages }: Graph = JSON.parse(await deno("info", "--json", PACKER));
  const ids = new Set(modules.flatMap(({ npmPackage }) => npmPackage ?? []));
  return [...ids].map((id) => npmPackages[id]!);
}

/** The packages that modules lie in, whose paths are those of Deno's cache. */
export function packagesOf(modules: Iterable<string>): Package[] {
  const ids = new Map<string, Package>();
  for (const module of modules) {
    const [, name, version] = /\/npm\/[^/]+\/((?:@[^/]+\/)?[^/]+)\/(\d[^/]*)\//.exec(module) ?? [];
    if (name && version) ids.set(`${name}@${version}`, { name, version });
  }
  return [...ids.values()];
}

/** The folder of a package in Deno's cache, where a folder per registry holds the packages. */
async function findFolder(cache: string, { name, version }: Package): Promise<string> {
  for await (const registry of Deno.readDir(cache)) {
    const folder = join(cache, registry.name, name, version);
    if (await Deno.stat(join(folder, "package.json")).then(() => true, () => false)) return folder;
  }
  throw new Error(`Cannot find "${name}@${version}": it is not in ${cache}`);
}

/** @throws when the package carries no licence text */
export async function readLicense(folder: string): Promise<License> {
  const { name, version, license } = JSON.parse(
    await Deno.readTextFile(join(folder, "package.json")),
  );
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const files = entries.filter((entry) => entry.isFile && LICENSE_FILE.test(entry.name))
    .map((entry) => join(folder, entry.name)).sort();
  const texts = await Promise.all(files.map((file) => Deno.readTextFile(file)));
  if (texts.length === 0 && PACKAGE_LICENSES[name]) texts.push(PACKAGE_LICENSES[name]);
  if (texts.length === 0) {
    throw new Error(
      `Cannot pack "${name}": it carries no licence text; take another package, or add the text ` +
        "to scripts/runtime_licenses.ts",
    );
  }
  return { name, version, license, text: texts.join("\n") };
}

/** The licences of all parts of the binary: our own first, then by name. */
export async function collectLicenses(): Promise<License[]> {
  await deno("cache", "--quiet", ...ENTRIES, PACKER);
  const [{ npmCache }, packed, modules] = await Promise.all([
    deno("info", "--json").then(JSON.parse),
    packedPackages(),
    bundledModules(),
  ]);
  const packages = [...packed, ...packagesOf(modules)];
  const folders = await Promise.all(packages.map((one) => findFolder(npmCache, one)));
  const licenses = await Promise.all([...new Set(folders)].sort().map(readLicense));
  return [...RUNTIME_LICENSES, ...licenses];
}
