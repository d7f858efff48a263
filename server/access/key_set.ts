import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
import { KeySetError } from "./key_set_error.ts";

export interface KeySetOptions {
  url: URL;
  /** Told why the keys cannot be had. */
  warn(text: string): void;
  /** @default fetch */
  fetch?: typeof fetch;
  /** Milliseconds that only grow. @default performance.now */
  now?(): number;
}

const TIMEOUT_MS = 5000;
/** A client must not make us fetch at its own pace, with tokens of unknown keys. */
const COOLDOWN_MS = 30_000;
const AFTER_FAILURE_MS = 5000;
const MAX_AGE_MS = 600_000;
const MAX_BYTES = 256 * 1024;

/** The public keys at an address, kept for ten minutes and fetched anew for a key not among them. */
export function keySet({ url, warn, ...options }: KeySetOptions): JWTVerifyGetKey {
  const { now = () => performance.now() } = options;
  let failedAt = -Infinity;
  const fetchKeys = async (href: string, init: RequestInit) => {
    if (now() - failedAt < AFTER_FAILURE_MS) throw new KeySetError("Cannot read the keys yet");
    try {
      return new Response(await readKeys(await (options.fetch ?? fetch)(href, init)));
    } catch (error) {
      failedAt = now();
      // What the runtime says may hold the whole address, with what is secret in it.
      const why = error instanceof KeySetError ? error.message : "no answer";
      warn(`Cannot read the keys of tokens at ${url.origin}: ${why}; no token is taken`);
      throw new KeySetError("Cannot read the keys of tokens", { cause: error });
    }
  };
  return createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: MAX_AGE_MS,
    [customFetch]: fetchKeys,
  });
}

/** The document, once it is known to be one. */
async function readKeys(response: Response): Promise<string> {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new KeySetError(`the status is ${response.status}`);
  }
  const text = await readText(response);
  if (!isKeySet(text)) throw new KeySetError("no key set");
  return text;
}

function isKeySet(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text)?.keys);
  } catch {
    return false;
  }
}

async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new KeySetError(`more than ${MAX_BYTES / 1024} KiB`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
