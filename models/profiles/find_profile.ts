import table from "./profiles.json" with { type: "json" };
import type { Profile } from "./profiles.ts";

interface Family extends Profile {
  match: RegExp;
}

/** Names are a server's: what is longer is no model's name. */
const MAX_NAME_LENGTH = 200;
/** What a name says of the file and not of the model, such as `-GGUF` or `:Q4_K_M`. */
const PACKAGING = [
  /\.gguf$/,
  /-\d{5}-of-\d{5}$/,
  /[-.:@](i?q\d(-(\d|[kslm]|x?xs|xl|nl))*|b?f(p)?16|fp8)$/,
  /-(gguf|awq|gptq|mlx|bnb|int[48]|[48]bit)$/,
];

let families: Family[] | undefined;

/**
 * What is known of a model by its name, as Ollama (`mistral:7b-instruct-v0.2-q4_K_M`,
 * `hf.co/owner/name-GGUF:Q4_K_M`), LM Studio, vLLM (`owner/name`) and llama.cpp (a path) give it.
 * Models that answer nothing, such as base and embedding models, have no roles.
 *
 * @returns undefined for a family that is not in profiles.json
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { findProfile } from "./find_profile.ts";
 *
 * assert.equal(findProfile("bigcode/starcoder2-7b-instruct")?.contextTokens, 16384);
 * assert.deepEqual(findProfile("nomic-embed-text")?.roles, []);
 * ```
 */
export function findProfile(modelName: string): Profile | undefined {
  const name = simplify(modelName);
  families ??= readTable();
  const family = families.find(({ match }) => match.test(name));
  if (!family) return undefined;
  const { match: _match, ...profile } = family;
  return structuredClone(profile);
}

/** For a model that nothing is known of: what every template takes and nearly every model can. */
export function defaultProfile(): Profile {
  return { name: "unknown", ...readDefaults(), systemRole: false };
}

function simplify(modelName: string): string {
  if (modelName.length > MAX_NAME_LENGTH) return "";
  const name = modelName.trim().toLowerCase().replace(/^.*[/\\]/, "").replaceAll("_", "-");
  return PACKAGING.reduce((rest, part) => rest.replace(part, ""), name);
}

function readTable(): Family[] {
  return table.families.map(({ match, ...family }) => ({
    ...readDefaults(),
    ...family as Partial<Profile> & { name: string },
    match: new RegExp(match),
  }));
}

function readDefaults(): Omit<Profile, "name"> {
  return structuredClone(table.defaults) as Omit<Profile, "name">;
}
