/**
 * Finds Chromium, in which the tests open reports: the one that DEVMCP_CHROMIUM names, else an installed
 * one. Where there is none, root gets Debian's package.
 */
import { capture, ROOT } from "./run.ts";

const NAMES = ["chromium", "google-chrome", "chromium-browser"];
const PACKAGE = ["install", "--yes", "--no-install-recommends", "chromium"];
/** Another program may be installing something. */
const WAIT = ["-o", "DPkg::Lock::Timeout=300"];

/** @returns a program's name or path @throws when there is none and it cannot be installed */
export async function findChromium(): Promise<string> {
  const named = Deno.env.get("DEVMCP_CHROMIUM");
  if (named) return named;
  return await installed() ?? await onceAtATime(async () => await installed() ?? await install());
}

async function installed(): Promise<string | undefined> {
  for (const name of NAMES) {
    if (await runs(name, ["--version"])) return name;
  }
}

async function runs(program: string, args: string[]): Promise<boolean> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  return await capture(program, args, { env }).then(({ code }) => code === 0, () => false);
}

async function install(): Promise<string> {
  const apt = (...args: string[]) => runs("apt-get", [...WAIT, ...args]);
  // A fresh container has no lists of packages, or those of packages that are gone.
  const isDone = Deno.uid() === 0 && (await apt(...PACKAGE) ||
    await apt("update") && await apt(...PACKAGE));
  const program = isDone ? await installed() : undefined;
  if (program) return program;
  throw new Error(
    "Cannot find Chromium, in which these tests open reports: install it (apt-get install " +
      "chromium), or name one in DEVMCP_CHROMIUM",
  );
}

/** Test files run side by side. */
async function onceAtATime<T>(work: () => Promise<T>): Promise<T> {
  await Deno.mkdir(new URL(".tools/", ROOT), { recursive: true });
  using file = await Deno.open(new URL(".tools/chromium.lock", ROOT), {
    create: true,
    write: true,
  });
  await file.lock(true);
  return await work();
}
