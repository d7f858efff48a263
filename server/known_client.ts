import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  LOG_LEVEL_META_KEY,
  PROTOCOL_VERSION_META_KEY,
} from "@modelcontextprotocol/server";
import { hasOnly } from "./has_only.ts";

type Meta = Record<string, unknown>;

/** What clients since 2026-07-28 say of themselves with each request. */
const ENVELOPE = [
  PROTOCOL_VERSION_META_KEY,
  CLIENT_INFO_META_KEY,
  CLIENT_CAPABILITIES_META_KEY,
  LOG_LEVEL_META_KEY,
];
/** What asks for nothing but progress, or to be told of. */
const PLAIN = ["progressToken", "traceparent", "tracestate", "baggage"];
const MODERN = new Set([...PLAIN, ...ENVELOPE]);
const LEGACY = new Set(PLAIN);

/** Longer envelopes are not remembered. */
const MOST_CHARACTERS = 4096;

/** What the SDK has found good of a connection's client already, so that it need not be checked again. */
export class KnownClient {
  readonly #version: () => string | undefined;
  #envelope?: string;

  /** @param version the revision of the protocol that was agreed on; undefined until then */
  constructor(version: () => string | undefined) {
    this.#version = version;
  }

  /** Whether it speaks 2026-07-28 or later. */
  get isModern(): boolean {
    return (this.#version() ?? "") >= "2026";
  }

  /** Keeps the envelope of a request that the SDK has taken. */
  remember(envelope: Meta): void {
    const text = textOf(envelope);
    this.#envelope = text.length <= MOST_CHARACTERS ? text : undefined;
  }

  /** Whether the SDK would take a request with this `_meta`, which asks for nothing else. */
  isKnown(meta: Meta = {}): boolean {
    if (this.isModern) return hasOnly(meta, MODERN) && textOf(meta) === this.#envelope;
    return this.#version() !== undefined && hasOnly(meta, LEGACY);
  }
}

/** Of what is said, with its name: a member that is null is not one that is absent. */
function textOf(meta: Meta): string {
  const said: Meta = {};
  for (const key of ENVELOPE) if (meta[key] !== undefined) said[key] = meta[key];
  return JSON.stringify(said);
}
