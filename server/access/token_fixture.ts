/** Tokens of every kind, good and bad, for tests. */
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";

/** Whoever signs tokens that a test takes for good. */
export interface FakeIssuer {
  issuer: string;
  audience: string;
  /** What is published. */
  jwks: { keys: JWK[] };
  /** A token, good unless it is changed. */
  token(claims?: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  privateKey: CryptoKey;
}

export const ISSUER = "https://issuer.test/";
export const AUDIENCE = "https://devmcp.test/mcp";

/** Seconds since 1970. */
export function seconds(offset = 0): number {
  return Math.floor(Date.now() / 1000) + offset;
}

/** Claims of a good token; what is undefined is left out. */
export function claimsOf(claims: JWTPayload = {}): JWTPayload {
  const all: JWTPayload = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: "alice",
    scope: "read",
    iat: seconds(),
    exp: seconds(60),
    ...claims,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Makes one with a fresh key. */
export async function fakeIssuer(alg = "ES256", kid = "one"): Promise<FakeIssuer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return {
    issuer: ISSUER,
    audience: AUDIENCE,
    jwks: { keys: [{ ...await exportJWK(publicKey), alg, kid, use: "sig" }] },
    privateKey,
    token: (claims, header) =>
      new SignJWT(claimsOf(claims)).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  };
}

/** A token of nobody: with the given header and signature. */
export function forge(header: unknown, claims: unknown, signature = ""): string {
  const part = (value: unknown) =>
    new TextEncoder().encode(JSON.stringify(value)).toBase64({
      alphabet: "base64url",
      omitPadding: true,
    });
  return `${part(header)}.${part(claims)}.${signature}`;
}
