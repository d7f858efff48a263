import type { BackendOptions } from "../chat_model.ts";
import type { Endpoint } from "../endpoints/endpoint.ts";
import { defaultProfile, findProfile } from "./find_profile.ts";
import type { ListedModel } from "../ollama/list_models.ts";
import type { Profile } from "./profiles.ts";

/** A profile, and where it comes from: profiles.json, the server, or a careful guess. */
export interface KnownProfile {
  profile: Profile;
  from: "table" | "server" | "default";
  /** Whether it is a guess only because the server did not tell: later it may. */
  isGuess: boolean;
}

const TIMEOUT_MS = 1000;

/**
 * What is known of a model: what profiles.json says of its family, else what Ollama says of it, else
 * what holds for nearly every model. A server that cannot be asked is no error.
 */
export async function readProfile(
  model: ListedModel,
  endpoint: Endpoint,
  options: Pick<BackendOptions, "apiKey" | "fetch"> = {},
): Promise<KnownProfile> {
  const known = findProfile(model.name);
  if (known) return { profile: known, from: "table", isGuess: false };
  const asks = endpoint.kind === "ollama";
  const told = asks && await askOllama(model.name, endpoint, options);
  if (told) return { profile: told, from: "server", isGuess: false };
  const profile = defaultProfile();
  const contextTokens = model.contextTokens ?? profile.contextTokens;
  return { profile: { ...profile, contextTokens }, from: "default", isGuess: asks };
}

async function askOllama(
  name: string,
  { url }: Endpoint,
  { apiKey, fetch }: Pick<BackendOptions, "apiKey" | "fetch">,
): Promise<Profile | undefined> {
  const { createOllamaAdmin } = await import("../ollama/ollama_admin.ts");
  try {
    const admin = createOllamaAdmin({ url, timeoutMs: TIMEOUT_MS, apiKey, fetch });
    const { family, capabilities, contextTokens, template } = await admin.show(name);
    const profile = defaultProfile();
    // Older servers tell no capabilities.
    const answers = capabilities.length === 0 || capabilities.includes("completion");
    return {
      ...profile,
      name: family || profile.name,
      roles: answers ? profile.roles : [],
      systemRole: takesSystem(template),
      contextTokens: contextTokens ?? profile.contextTokens,
      tools: capabilities.includes("tools"),
      thinks: capabilities.includes("thinking"),
    };
  } catch {
    return undefined;
  }
}

/** The template names the system message, or writes whatever role a message has. */
function takesSystem(template: string): boolean {
  return /\.System\b|\.Role\s*\}\}|"system"/.test(template);
}
