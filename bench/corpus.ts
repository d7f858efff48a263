import { cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../scripts/run.ts";

/** Where code comes from: a package, exactly, and what of it is taken. */
interface Origin {
  language: string;
  package: string;
  from: "npm" | "pypi";
  /** A folder of the package, without the final slash. */
  folder: string;
  /** Names of files to take. */
  names: RegExp;
}

const TYPESCRIPT = /(?<!\.d)\.ts$/;

/** Packages as they are published that hold sources, of four languages; what programs wrote is left out. */
const ORIGINS: Origin[] = [
  pypi("django==5.2.19", "django"),
  pypi("sqlalchemy==2.1.9", "sqlalchemy"),
  npm("JavaScript", "eslint@10.15.0", "lib", /\.js$/),
  npm("TypeScript", "rxjs@7.8.2", "src", TYPESCRIPT),
  npm("TypeScript", "@reduxjs/toolkit@2.14.0", "src", TYPESCRIPT),
  // At one of its tests lizard 1.24.3 stops.
  npm("TypeScript", "zod@4.6.7", "src", /(?<!\.d|classic\/tests\/union\.test)\.ts$/),
  npm("C", "node-rdkafka@3.6.1", "deps/librdkafka/src", /\.[ch]$/),
];

function pypi(name: string, folder: string): Origin {
  return { language: "Python", package: name, from: "pypi", folder, names: /\.py$/ };
}

function npm(language: string, name: string, folder: string, names: RegExp): Origin {
  return { language, package: name, from: "npm", folder: `package/${folder}`, names };
}

/** The files of a language. */
export interface Part {
  language: string;
  packages: string[];
  /** Absolute. */
  folder: string;
  files: number;
  lines: number;
}

/** Code of several languages in a folder for each, taken from published packages. */
export interface Corpus {
  /** Absolute. */
  folder: string;
  parts: Part[];
  /** Files, those counted once whose texts are equal. */
  distinct: number;
}

/** Fetches the packages, and lays their sources into `folder`, which is emptied first. */
export async function layCorpus(folder: string, python: string): Promise<Corpus> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const parts: Part[] = [];
  for (const [language, origins] of Map.groupBy(ORIGINS, ({ language }) => language)) {
    const place = join(folder, language.toLowerCase());
    for (const origin of origins) await take(origin, place, python);
    const packages = origins.map((origin) => origin.package);
    parts.push({ language, packages, folder: place, ...await count(place) });
  }
  return { folder, parts, distinct: new Set(await textsIn(folder)).size };
}

async function take(origin: Origin, place: string, python: string): Promise<void> {
  const scratch = await Deno.makeTempDir();
  try {
    await DOWNLOAD[origin.from](origin.package, scratch, python);
    const target = join(place, origin.package.split(/(?<!^)@|==/)[0]!.replace(/^@/, ""));
    for (const path of await filesIn(join(scratch, origin.folder))) {
      if (!origin.names.test(path)) continue;
      const copy = join(target, path);
      await mkdir(dirname(copy), { recursive: true });
      await cp(join(scratch, origin.folder, path), copy);
    }
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** Both leave the package's files in the folder; what it needs itself is not wanted. */
const DOWNLOAD = {
  async npm(name: string, folder: string): Promise<void> {
    const quiet = ["--silent", "--ignore-scripts"];
    await run("npm", ["pack", ...quiet, "--pack-destination", folder, name]);
    const [archive] = await readdir(folder);
    await rename(join(folder, archive!), join(folder, "package.tgz"));
    await run("tar", ["-xzf", join(folder, "package.tgz"), "-C", folder]);
  },
  async pypi(name: string, folder: string, python: string): Promise<void> {
    const quiet = ["--quiet", "--disable-pip-version-check", "--no-compile"];
    await run(python, ["-m", "pip", "install", ...quiet, "--no-deps", "--target", folder, name]);
  },
};

/** Paths from the folder on. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}

async function count(folder: string): Promise<Pick<Part, "files" | "lines">> {
  const texts = await textsIn(folder);
  const lines = texts.reduce((sum, text) => sum + text.split("\n").length - 1, 0);
  return { files: texts.length, lines };
}

async function textsIn(folder: string): Promise<string[]> {
  const files = await filesIn(folder);
  return await Promise.all(files.map((file) => readFile(join(folder, file), "latin1")));
}
