import type { Access } from "../authenticate.ts";
import { LOCAL, type Principal } from "../caller.ts";
import { cannotCheck, insufficientScope, unauthorized } from "./challenge.ts";
import { checkApiKey, type FindApiKey, hasKeyStill, shownKey } from "./check_api_key.ts";
import { KeySetError } from "./key_set_error.ts";
import { readCredential } from "./read_credential.ts";
import { metadataUrlOf, type OAuthResource, resourceMetadata } from "./resource_metadata.ts";
import type { VerifyToken } from "./verify_token.ts";

export interface AccessOptions {
  /** Finds the keys that `devmcp keys` makes. */
  findKey: FindApiKey;
  /** Tells who a JWT is for. Absent: none are taken. */
  verifyToken?: VerifyToken;
  /** For OAuth clients. Absent: they are told nothing. */
  oauth?: OAuthResource;
  /**
   * Whether who sends no key at all is `LOCAL`: only this machine reaches us, or it was so ordered.
   * @default false
   */
  anonymous?: boolean;
  /** Milliseconds since 1970. @default Date.now */
  now?(): number;
}

/** Seconds after which a client may try again when tokens could not be checked. */
const RETRY_SECONDS = 5;

/** Finds out who sends a request, by its API key or token. */
export function createAccess(options: AccessOptions): Access {
  const { oauth, anonymous = false, now = Date.now } = options;
  const challenge = oauth ? { metadataUrl: metadataUrlOf(oauth) } : {};
  return {
    async authenticate(request) {
      const credential = readCredential(request);
      if (credential === "none" && anonymous) return LOCAL;
      try {
        return await find(credential, options) ?? unauthorized(challenge, credential !== "none");
      } catch (error) {
        if (error instanceof KeySetError) return cannotCheck(RETRY_SECONDS);
        throw error;
      }
    },
    shownKey: (request) => shownKey(readCredential(request)),
    isGood: (principal) =>
      now() < (principal.expires ?? Infinity) && hasKeyStill(principal, options.findKey),
    forbid: (principal, needed) => insufficientScope(challenge, principal, needed),
    ...oauth && { metadata: resourceMetadata(oauth) },
  };
}

async function find(
  credential: ReturnType<typeof readCredential>,
  { findKey, verifyToken, now = Date.now }: AccessOptions,
): Promise<Principal | undefined> {
  if (typeof credential === "string") return;
  if ("key" in credential) return checkApiKey(credential.key, findKey, now());
  return await verifyToken?.(credential.token);
}
