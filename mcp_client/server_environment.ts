import type { Env } from "../config/folders.ts";
import type { StdioServer } from "../config/server_definition.ts";

/** What a program of a server sees of our environment, beside what its definition names. */
const SAFE_VARIABLES = [
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LC_ALL", "LC_CTYPE", "TZ"],
  ...["TMPDIR", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "SSL_CERT_FILE", "SSL_CERT_DIR"],
  ...["NODE_EXTRA_CA_CERTS", "DENO_TLS_CA_STORE", "DENO_DIR"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"],
  ...["APPDATA", "LOCALAPPDATA", "USERPROFILE", "PATHEXT", "SYSTEMROOT", "TEMP", "TMP", "WINDIR"],
];

/** The environment of a server's program: never all of ours, which holds keys. */
export function environmentFor(
  { env: own }: Pick<StdioServer, "env">,
  env: Env,
): Record<string, string> {
  const safe = SAFE_VARIABLES.flatMap((name) => {
    const value = env(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(safe), ...own };
}
