import { suggestion } from "../config/nearest.ts";
import { placeholdersOf } from "./fill.ts";
import { readFrontMatter, readText } from "./front_matter.ts";
import { type Offer, OFFER_KINDS, type OfferArgument, type OfferKind } from "./offer.ts";

const MAX_ARGUMENTS = 20;
const MAX_VALUES = 100;
const ARGUMENT_NAME = /^[A-Za-z_]\w{0,63}$/;
const ARGUMENT_KEYS = ["name", "description", "required", "values", "default"];

type Fields = Record<string, unknown>;

/**
 * Reads the file of an offer: front matter with `title`, `description`, `kind` (`prompt` where it is
 * left out) and `arguments`, then the text.
 *
 * @throws {SyntaxError} with one line that says what is wrong
 */
export function parseOffer(name: string, file: string): Offer {
  const { fields, body } = readFrontMatter(file);
  const offer: Offer = {
    name,
    kind: readKind(fields),
    title: readText(fields, "title"),
    description: readText(fields, "description"),
    arguments: readArguments(fields),
    body: body.trim(),
  };
  if (offer.body === "") throw new SyntaxError("there is no text after its front matter");
  checkPlaceholders(offer);
  return offer;
}

function readKind({ kind = "prompt" }: Fields): OfferKind {
  const found = OFFER_KINDS.find((one) => one === kind);
  if (found) return found;
  throw new SyntaxError(`"kind" in its front matter is neither ${OFFER_KINDS.join(" nor ")}`);
}

function readArguments({ arguments: given = [] }: Fields): OfferArgument[] {
  if (!Array.isArray(given) || given.length > MAX_ARGUMENTS) {
    throw new SyntaxError(`"arguments" in its front matter is no list of at most ${MAX_ARGUMENTS}`);
  }
  const found = given.map(readArgument);
  const names = found.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return found;
  throw new SyntaxError(`its argument "${twice}" is there twice`);
}

function readArgument(given: unknown): OfferArgument {
  const fields: Fields = typeof given === "object" && given !== null ? { ...given } : {};
  const { name, required = false, values = [], default: fallback } = fields;
  if (typeof name !== "string" || !ARGUMENT_NAME.test(name)) {
    throw new SyntaxError('an argument in its front matter has no "name" of letters, digits and _');
  }
  const wrong = (key: string, what: string) =>
    new SyntaxError(`"${key}" of its argument "${name}" is no ${what}`);
  const unknown = Object.keys(fields).find((key) => !ARGUMENT_KEYS.includes(key));
  if (unknown !== undefined) throw wrong(unknown, `key${suggestion(unknown, ARGUMENT_KEYS)}`);
  if (typeof required !== "boolean") throw wrong("required", "true or false");
  if (!isTexts(values)) throw wrong("values", `list of at most ${MAX_VALUES} words`);
  if (fallback !== undefined && typeof fallback !== "string") throw wrong("default", "text");
  if (fallback !== undefined && required) throw wrong("default", "use where it is required");
  const described = typeof fields.description === "string" ? fields.description.trim() : "";
  if (described === "") throw wrong("description", "text");
  return {
    name,
    description: described,
    required,
    values,
    ...fallback !== undefined && { default: fallback },
  };
}

function isTexts(values: unknown): values is string[] {
  return Array.isArray(values) && values.length <= MAX_VALUES &&
    values.every((value) => typeof value === "string");
}

/** What they stand for would not reach the model, or nothing would stand for them. */
function checkPlaceholders({ kind, body, arguments: given }: Offer): void {
  if (kind === "persona") return;
  const names = given.map(({ name }) => name);
  const used = placeholdersOf(body);
  const unknown = used.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new SyntaxError(`"{{${unknown}}}" is no argument of it${suggestion(unknown, names)}`);
  }
  const unused = names.find((name) => !used.includes(name));
  if (unused === undefined) return;
  throw new SyntaxError(`its argument "${unused}" stands nowhere as {{${unused}}}`);
}
