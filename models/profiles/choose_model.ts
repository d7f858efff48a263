import type { Role } from "../chat_model.ts";
import { findProfile } from "./find_profile.ts";
import type { ListedModel } from "../ollama/list_models.ts";
import type { Profile } from "./profiles.ts";

/**
 * Room for a model's file beside its context and the other role's model, on a machine or card of 16 GB.
 * More would often run on the processor, at a word a second.
 */
const ROOM_BYTES = 10e9;
/** Of a 4-bit file, context not counted. */
const BYTES_PER_PARAMETER = 0.6;
/** The families that the prompts were written for. */
const DEFAULT_FAMILY: Record<Role, string> = {
  code: "starcoder2-7b-instruct",
  chat: "mistral-7b-instruct",
};

/**
 * The installed models that can play a role, best first: the role's default family, then models made
 * for the role, then those that can play it too, then unknown ones. Among equals those that do not think
 * aloud, then the largest that fits a machine of 16 GB, then the smallest of the rest. Base and
 * embedding models never, nor models that run elsewhere: what is typed here stays here.
 */
export function rankModels<Model extends ListedModel>(
  role: Role,
  installed: readonly Model[],
): Model[] {
  return installed
    .map((model) => ({ model, merit: meritOf(role, model) }))
    .filter((one): one is typeof one & { merit: number[] } => one.merit !== undefined)
    .sort((a, b) => compare(a.merit, b.merit) || compareNames(a.model.name, b.model.name))
    .map(({ model }) => model);
}

/**
 * The best installed model for a role and a sentence that says so.
 *
 * @returns undefined when none can play it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { chooseModel } from "./choose_model.ts";
 *
 * const chosen = chooseModel("chat", [{ name: "starcoder2:7b" }, { name: "mistral:7b" }]);
 * assert.equal(chosen?.why, "chosen: mistral:7b of 2 installed");
 * ```
 */
export function chooseModel<Model extends ListedModel>(
  role: Role,
  installed: readonly Model[],
): { model: Model; why: string } | undefined {
  const [model] = rankModels(role, installed);
  return model && { model, why: whyChosen(model.name, installed) };
}

/** `chosen: mistral:7b of 4 installed`. */
export function whyChosen(name: string, installed: readonly ListedModel[]): string {
  const count = new Set(installed.map((model) => model.name)).size;
  return count === 1
    ? `chosen: ${name}, the only one installed`
    : `chosen: ${name} of ${count} installed`;
}

/** Whether its server only passes what it is sent on to another machine. */
export function runsElsewhere({ name, remote = false }: ListedModel): boolean {
  return remote || /[-:]cloud$/i.test(name);
}

/** Smaller is better, the first difference counts; undefined when it cannot play the role. */
function meritOf(role: Role, model: ListedModel): number[] | undefined {
  const profile = findProfile(model.name);
  if (runsElsewhere(model) || profile?.roles.length === 0) return undefined;
  return [fitOf(role, profile), profile?.thinks ? 1 : 0, ...sizeMerit(model)];
}

function fitOf(role: Role, profile: Profile | undefined): number {
  if (!profile) return 4;
  if (profile.name.startsWith(DEFAULT_FAMILY[role])) return 0;
  if (profile.roles[0] === role) return 1;
  return profile.roles.includes(role) ? 2 : 3;
}

/** The most parameters first, of those that fit; then the smallest file, as few bits do. */
function sizeMerit(model: ListedModel): number[] {
  const parameters = model.parameters ?? parametersOf(model.name) ??
    (model.sizeBytes ?? 0) / (BYTES_PER_PARAMETER * 1e9);
  const bytes = model.sizeBytes ?? parameters * BYTES_PER_PARAMETER * 1e9;
  // A file from elsewhere may lack the template that the model made from it has.
  const isRaw = /^(hf\.co|huggingface\.co)\//i.test(model.name) ? 1 : 0;
  return bytes <= ROOM_BYTES ? [0, -parameters, isRaw, bytes] : [1, bytes, isRaw, 0];
}

/** `8x7b` is 56, `qwen2.5-coder:1.5b` is 1.5, `gemma3:270m` 0.27. */
function parametersOf(name: string): number | undefined {
  const [, experts = "1", count, unit] =
    /(?:^|[^a-z0-9.])(?:(\d{1,3})x)?(\d{1,4}(?:\.\d{1,3})?)([bm])(?![a-z0-9])/i.exec(name) ?? [];
  if (count === undefined) return undefined;
  return Number(experts) * Number(count) / (unit!.toLowerCase() === "m" ? 1000 : 1);
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
