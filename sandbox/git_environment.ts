/** Where git is, who runs it, and which of its files are the user's own. */
const PASSED_ON = [
  "PATH HOME USER LOGNAME XDG_CONFIG_HOME TMPDIR LD_LIBRARY_PATH DYLD_LIBRARY_PATH",
  // As root under sudo, git trusts the folders of who called it.
  "SUDO_UID",
  "USERPROFILE HOMEDRIVE HOMEPATH APPDATA LOCALAPPDATA PROGRAMDATA SYSTEMROOT COMSPEC PATHEXT TEMP TMP",
  // Set for hooks: which repository, work tree and index. `git commit -a` and `git commit FILE` fill another index.
  "GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_COMMON_DIR GIT_NAMESPACE",
  "GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_QUARANTINE_PATH",
  "GIT_CEILING_DIRECTORIES GIT_DISCOVERY_ACROSS_FILESYSTEM",
  "GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM",
].join(" ").split(" ");

const FIXED = {
  // Reasons are read by people and by us.
  LC_ALL: "C",
  GIT_TERMINAL_PROMPT: "0",
  // A partial clone would fetch what it lacks, with programs that its configuration names.
  GIT_NO_LAZY_FETCH: "1",
  // Stands above protocol.*.allow of any configuration: nothing is fetched from anywhere.
  GIT_ALLOW_PROTOCOL: "none",
};

/** All that git gets to know of the environment: no pager, no ssh, no external diff, no settings. */
export function gitEnvironment(env: (name: string) => string | undefined): Record<string, string> {
  const passed = PASSED_ON.map((name) => [name, env(name)] as const);
  const known = passed.filter((one): one is [string, string] => one[1] !== undefined);
  return { ...Object.fromEntries(known), ...FIXED };
}
