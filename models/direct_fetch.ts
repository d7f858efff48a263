const PROXY_VARIABLES = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];

/**
 * A fetch that reaches servers on this machine without the proxy of the environment, which could not
 * reach them and need not hear of them. Everything else goes as it always does.
 *
 * @param env reads a variable of the environment
 */
export function createDirectFetch(env: (name: string) => string | undefined): typeof fetch {
  if (!PROXY_VARIABLES.some(env)) return globalThis.fetch;
  const clients = new Map<string, Deno.HttpClient>();
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!isOnThisMachine(url)) return fetch(input, init);
    const client = clients.get(url.host) ?? createClient(url);
    clients.set(url.host, client);
    return fetch(input, { ...init, client });
  };
}

function isOnThisMachine({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** Connecting "through" the server's own address stands for no proxy, which cannot be said. */
function createClient({ hostname, port }: URL): Deno.HttpClient {
  return Deno.createHttpClient({
    proxy: {
      transport: "tcp",
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port || 80),
    },
  });
}
