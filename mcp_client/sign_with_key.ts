import { createPrivateKey, type KeyObject } from "node:crypto";
import {
  type AddClientAuthentication,
  createPrivateKeyJwtAuth,
} from "@modelcontextprotocol/client";
import { readSmallFile } from "../config/read_small_file.ts";
import { ToolError } from "../config/tool_error.ts";

/**
 * Adds an assertion signed with the client's key to token requests (private_key_jwt, RFC 7523).
 *
 * @param path of a PEM file
 * @throws {ToolError} when no usable key is in it
 */
export function signWithKey(path: string, clientId: string): AddClientAuthentication {
  const key = readKey(path);
  return createPrivateKeyJwtAuth({
    issuer: clientId,
    subject: clientId,
    privateKey: key.export({ format: "jwk" }) as Record<string, unknown>,
    alg: algorithmOf(key),
  });
}

function readKey(path: string): KeyObject {
  const file = readSmallFile(path, { maxBytes: 64 * 1024, followLinks: true });
  if (!file) {
    throw new ToolError(`Cannot read the client's key ${JSON.stringify(path)}: no such file`);
  }
  try {
    return createPrivateKey(new TextDecoder().decode(file.bytes));
  } catch {
    throw new ToolError(
      `Cannot read the client's key ${JSON.stringify(path)}: it is no private key in PEM`,
    );
  }
}

const CURVES = new Map([["P-256", "ES256"], ["P-384", "ES384"], ["P-521", "ES512"]]);

function algorithmOf(key: KeyObject): string {
  if (key.asymmetricKeyType === "rsa") return "RS256";
  if (key.asymmetricKeyType === "ed25519") return "EdDSA";
  const { crv } = key.export({ format: "jwk" });
  const algorithm = crv && CURVES.get(crv);
  if (!algorithm) throw new ToolError("Cannot sign with the client's key: it is of another kind");
  return algorithm;
}
