import type { Config, RoleConfig } from "../../config/config.ts";
import { isSameModel } from "../../config/model_name.ts";
import { suggestion } from "../../config/nearest.ts";
import { oneLine } from "../../config/one_line.ts";
import type { Role } from "../chat_model.ts";
import { rankModels, runsElsewhere, whyChosen } from "./choose_model.ts";
import { discover, type DiscoverOptions } from "../endpoints/discover.ts";
import { type Endpoint, parseEndpoint } from "../endpoints/endpoint.ts";
import { findProfile } from "./find_profile.ts";
import type { ListedModel } from "../ollama/list_models.ts";
import { ModelError } from "../model_error.ts";
import type { Profile } from "./profiles.ts";
import { pullHint } from "../ollama/pull_hint.ts";
import { type KnownProfile, readProfile } from "./read_profile.ts";
import { type Surveyed, surveyEndpoints } from "../endpoints/survey_endpoints.ts";

/** A model at an endpoint. */
export interface Target {
  endpoint: Endpoint;
  model: string;
  /** The smaller of what is configured and what the server runs or the model was trained with. */
  contextTokens: number;
  /** Whether the server only passes what it is sent on to another machine. */
  remote: boolean;
}

/** What plays a role. */
export interface ResolvedRole {
  role: Role;
  /** The endpoints that share the load; those that work come first. */
  targets: [Target, ...Target[]];
  /** Such as `configured` or `chosen: mistral:7b of 4 installed`. */
  why: string;
  /** The temperature is the configured one, where one is. */
  profile: Profile;
  profileFrom: KnownProfile["from"];
  /** Whether the profile is a guess only because the server did not tell: later it may. */
  isGuess: boolean;
}

export interface ResolveOptions {
  apiKey?: string;
  fetch?: typeof fetch;
  /** Where to look when nothing is configured. @default the usual ports */
  candidates?: DiscoverOptions["candidates"];
}

/** An endpoint, and the model that it has or may have. */
interface Choice {
  place: Surveyed;
  model: ListedModel;
}

interface Chosen {
  choices: [Choice, ...Choice[]];
  known: KnownProfile;
  why: string;
}

/** A configured model needs no list to be asked: the call itself has its own timeout. */
const CHECK_MS = 500;
const LIST_MS = 5000;
/** Models of unknown families that are looked at before giving up. */
const MAX_UNKNOWN = 8;
const DOCTOR_HINT = 'run "devmcp doctor --fix"';

/**
 * Finds what plays a role: the configured endpoints or else what runs on this machine, and the
 * configured model or else the best that is installed.
 *
 * @throws {ModelError} `none`: nothing runs, or nothing that could play the role is installed;
 *   `missing`: the configured model is not installed; what the first endpoint did when none answered
 * @throws {ToolError} when a configured endpoint is no usable URL
 */
export async function resolveRole(
  role: Role,
  config: Config["model"],
  options: ResolveOptions = {},
): Promise<ResolvedRole> {
  const { endpoints, model, context_tokens, temperature } = config[role];
  const places = endpoints.length === 0
    ? await findPlaces(role, options)
    : await askPlaces(config[role], config.timeout_seconds * 1000, options);
  const { choices, known: { profile, from, isGuess }, why } = model === ""
    ? await chooseBest(role, places, endpoints.length > 0, options)
    : await takeConfigured(model, places, endpoints.length > 0, options);
  return {
    role,
    targets: choices.map((choice) => toTarget(choice, profile, context_tokens)) as [Target],
    why,
    profile: { ...profile, temperature: temperature ?? profile.temperature },
    profileFrom: from,
    isGuess,
  };
}

function toTarget({ place, model }: Choice, profile: Profile, limit: number): Target {
  const contextTokens = Math.min(limit, model.contextTokens ?? profile.contextTokens);
  const remote = runsElsewhere(model);
  return { endpoint: place.endpoint, model: model.name, contextTokens, remote };
}

async function findPlaces(role: Role, options: ResolveOptions): Promise<Surveyed[]> {
  const servers = await discover(options);
  if (servers.length === 0) {
    throw new ModelError(
      "none",
      `Cannot find a model for "${role}": no server of models runs on this machine`,
      { hint: `start Ollama, then ${DOCTOR_HINT}` },
    );
  }
  return servers.map(({ url, kind, models }) => ({ endpoint: { url, kind, shown: url }, models }));
}

/** Those that answer come first; the others may do so later. @throws {ModelError} when none can be used */
async function askPlaces(
  { endpoints, kind, model }: RoleConfig,
  timeoutMs: number,
  options: ResolveOptions,
): Promise<Surveyed[]> {
  const surveyed = await surveyEndpoints(
    endpoints.map((text) => parseEndpoint(text, kind)),
    { ...options, timeoutMs: Math.min(timeoutMs, model === "" ? LIST_MS : CHECK_MS) },
  );
  const working = surveyed.filter((place) => "models" in place);
  const failed = surveyed.filter((place) => "error" in place);
  const isHopeless = failed.every(({ error }) => model === "" || error.fault === "unreachable");
  if (working.length === 0 && isHopeless) throw failed[0]!.error;
  return [...working, ...failed];
}

/**
 * The configured model, wherever it is, even on a machine that its server passes on to: the user said so.
 *
 * @param asConfigured endpoints that do not list it may have it all the same
 */
async function takeConfigured(
  name: string,
  places: Surveyed[],
  asConfigured: boolean,
  options: ResolveOptions,
): Promise<Chosen> {
  const choices = places.flatMap((place) => {
    const model = modelAt(name, place, asConfigured);
    return model ? [{ place, model }] : [];
  });
  const [first] = choices;
  if (!first) throw missing(name, places);
  return {
    choices: asConfigured ? [first, ...choices.slice(1)] : [first],
    known: await profileOf(first, options),
    why: "configured",
  };
}

function modelAt(name: string, place: Surveyed, asConfigured: boolean): ListedModel | undefined {
  if ("error" in place) return { name };
  const listed = place.models.find((model) => isSameModel(model.name, name));
  if (listed) return { ...listed, name };
  if (!asConfigured || place.endpoint.kind === "ollama") return undefined;
  // llama.cpp's server and local_models run one model, which answers to any name.
  const [only] = place.models.length === 1 ? place.models : [];
  return { ...only, name };
}

/** The best of all models, and its like at the other configured endpoints. */
async function chooseBest(
  role: Role,
  places: Surveyed[],
  asConfigured: boolean,
  options: ResolveOptions,
): Promise<Chosen> {
  const all = places.flatMap((place) =>
    "models" in place ? place.models.map((model) => ({ ...model, place })) : []
  );
  let unknown = 0;
  for (const { place, ...model } of rankModels(role, all)) {
    if (!findProfile(model.name) && ++unknown > MAX_UNKNOWN) break;
    const known = await profileOf({ place, model }, options);
    if (known.profile.roles.length === 0) continue;
    const others = asConfigured ? places.filter((other) => other !== place) : [];
    const likes = others.flatMap((other) => findLike(role, model, other));
    return { choices: [{ place, model }, ...likes], known, why: whyChosen(model.name, all) };
  }
  throw nothingFits(role, all, places);
}

/** The same model at another endpoint, or the best of its family; one that does not answer may have it. */
function findLike(role: Role, model: ListedModel, place: Surveyed): Choice[] {
  if ("error" in place) return [{ place, model: { name: model.name } }];
  const same = place.models.find((other) => isSameModel(other.name, model.name));
  const family = findProfile(model.name)?.name;
  const like = same ?? rankModels(role, place.models)
    .find((other) => family !== undefined && findProfile(other.name)?.name === family);
  return like ? [{ place, model: like }] : [];
}

/** An endpoint that did not answer is not asked again here. */
async function profileOf({ place, model }: Choice, options: ResolveOptions): Promise<KnownProfile> {
  if (!("error" in place)) return await readProfile(model, place.endpoint, options);
  const known = await readProfile(model, { ...place.endpoint, kind: "openai" }, options);
  return { ...known, isGuess: known.from === "default" };
}

function missing(name: string, places: Surveyed[]): ModelError {
  const names = places.flatMap((place) => "models" in place ? place.models : [])
    .map((model) => model.name);
  const model = oneLine(name, 100);
  const meant = oneLine(suggestion(name, names), 120);
  return new ModelError(
    "missing",
    `Cannot use model "${model}": not installed at ${whereOf(places)}${meant}`,
    { hint: pullHint(name) },
  );
}

function nothingFits(role: Role, all: ListedModel[], places: Surveyed[]): ModelError {
  const state = all.length === 0
    ? "no model is installed"
    : all.length === 1
    ? "the only one installed cannot play it"
    : `none of the ${all.length} installed can play it`;
  return new ModelError(
    "none",
    `Cannot find a model for "${role}": ${state} at ${whereOf(places)}`,
    { hint: DOCTOR_HINT },
  );
}

function whereOf(places: Surveyed[]): string {
  return places.slice(0, 3).map(({ endpoint }) => endpoint.shown).join(", ");
}
