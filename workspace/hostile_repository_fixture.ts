import { chmod, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Repository } from "./repository_fixture.ts";

/**
 * Makes a repository hostile: wherever its configuration can name a program, it names one that leaves a file in
 * `canaries/`. `a.py` is changed, and staged.
 */
export async function makeHostile({ folder, git, write, commit }: Repository): Promise<void> {
  await commit({
    "a.py": "1\n",
    ".gitattributes": "*.py diff=evil filter=evil\n*.md filter=evil2 merge=evil\n",
    "b.md": "1\n",
  });
  await write({ "a.py": "2\n", "b.md": "2\n", "canaries/.keep": "", ".gitignore": "canaries\n" });
  await git("add", "a.py", "b.md");
  const canary = async (name: string) => {
    const path = join(folder, ".git", `canary-${name}`);
    const script = `#!/bin/sh\ntouch '${folder}/canaries/${name}'\nexit 1\n`;
    await write({ [`.git/canary-${name}`]: script });
    await chmod(path, 0o755);
    return path;
  };
  for (const [key, value] of PROGRAMS) {
    await git("config", key, value ?? await canary(key.replaceAll("/", "_")));
  }
  for (const hook of ["post-index-change", "pre-auto-gc", "fsmonitor-watchman", "post-checkout"]) {
    await write({ [`.git/hooks/${hook}`]: `#!/bin/sh\ntouch '${folder}/canaries/${hook}'\n` });
    await chmod(join(folder, ".git/hooks", hook), 0o755);
  }
  // The index now knows nothing of the files: they are read, and compared.
  await write({ "a.py": "2\n3\n", "b.md": "2\n3\n" });
}

/** A program's own canary where no value is given. */
const PROGRAMS: [key: string, value?: string][] = [
  ["core.fsmonitor"],
  ["core.pager"],
  ["pager.diff"],
  ["core.editor"],
  ["core.askPass"],
  ["core.sshCommand"],
  ["core.gitProxy"],
  ["core.alternateRefsCommand"],
  ["credential.helper"],
  ["diff.external"],
  ["diff.evil.command"],
  ["diff.evil.textconv"],
  ["filter.evil.clean"],
  ["filter.evil.smudge"],
  ["filter.evil.required", "true"],
  ["filter.evil2.process"],
  ["filter.evil2.required", "true"],
  ["merge.evil.driver"],
  ["gpg.program"],
  ["interactive.diffFilter"],
  ["alias.diff", "!touch canaries/alias"],
  ["alias.rev-parse", "!touch canaries/alias"],
  ["protocol.allow", "always"],
  ["protocol.ext.allow", "always"],
  ["remote.origin.url", "ext::sh -c touch% canaries/ext"],
  ["remote.origin.promisor", "true"],
  ["remote.origin.partialclonefilter", "blob:none"],
  ["extensions.partialClone", "origin"],
];

/** What has run. */
export async function canariesOf({ folder }: Repository): Promise<string[]> {
  return (await readdir(join(folder, "canaries"))).filter((name) => name !== ".keep").sort();
}
