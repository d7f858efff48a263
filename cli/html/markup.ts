import { escapeCharacter } from "../sanitize.ts";

/** Text that is HTML. Only {@link markup} makes it, so that nothing gets in unescaped. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** What `markup` escaped, and constants of ours: nothing else may be passed here. */
  static trusted(text: string): Markup {
    return new Markup(text);
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: text is escaped; lists are put together; nothing is written for the rest. */
export type Printable = Markup | string | number | false | undefined | null | readonly Printable[];

/**
 * HTML of a template; what is put in is text, not markup, unless it is {@link Markup} itself.
 *
 * @throws {TypeError} where a value would not be safe though escaped: an attribute without quotes, a
 * link that is neither to this page nor to https:
 */
export function markup(strings: TemplateStringsArray, ...values: Printable[]): Markup {
  checkPlaces(strings);
  const pieces = values.map((value, index) => {
    if (LINK.test(strings[index]!)) checkLink(value);
    return render(value) + strings[index + 1]!;
  });
  return Markup.trusted(strings[0]! + pieces.join(""));
}

function render(value: Printable): string {
  if (value instanceof Markup) return value.toString();
  if (value === false || value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(render).join("");
  return escapeHtml(`${value}`);
}

const LINK = /\b(?:href|src|action)="$/;
const checked = new WeakSet<TemplateStringsArray>();

function checkPlaces(strings: TemplateStringsArray): void {
  if (checked.has(strings)) return;
  for (const before of strings.slice(0, -1)) {
    if (/=\s*$/.test(before)) throw new TypeError(`Cannot write HTML after ${before}: no quotes`);
  }
  checked.add(strings);
}

function checkLink(value: Printable): void {
  if (typeof value === "string" && /^(#|https:\/\/)/.test(value)) return;
  throw new TypeError(`Cannot link to ${JSON.stringify(value)}: neither # nor https:`);
}

const ENTITIES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Text for between tags or for an attribute in quotes. */
function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES.get(character)!);
}

/** What is not seen, but for the joiners and selectors that emoji are made with. */
const HIDDEN =
  /(?![\t\n])[\p{Cc}\p{Cs}\u2028\u2029\ufff9-\ufffb]|(?![\u200c\u200d\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}/gu;

/**
 * Text in which what could change how the text around it is read, or is there without being seen, is
 * written visibly: `\u{202e}`. For what a script of the page shows; `markup` does it by itself.
 */
export function visible(text: string): string {
  return /^[ -~\t\n]*$/.test(text) ? text : text.replace(HIDDEN, escapeCharacter);
}

/** A path that is broken after a slash rather than anywhere. */
export function breakablePath(path: string): Markup {
  return markup`${path.split(/(?<=\/)(?=[^/])/).map((part, index) => [index > 0 && WBR, part])}`;
}

const WBR = Markup.trusted("<wbr>");

/** Data for a script of the page, which reads it by `JSON.parse(document.getElementById(id).textContent)`. */
export function dataElement(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll("<", "\\u003c");
  return markup`<script type="application/json" id="${id}">${Markup.trusted(json)}</script>`;
}
