import type { Prompt, Resource, ResourceTemplateType, Tool } from "@modelcontextprotocol/client";
import type { Output } from "../cli/app.ts";
import { renderRows, type Row } from "../cli/help.ts";
import { sanitize, sanitizeLine } from "../cli/sanitize.ts";
import { countOf, grouped, paletteOf } from "../cli/style.ts";
import { isObject } from "../config/is_object.ts";
import { oneLine } from "../config/one_line.ts";
import type { ServerOffer } from "./serve/server_offer.ts";

const MAX_INSTRUCTIONS = 4000;

/** What a server offers, for a person. */
export function renderOffer(offer: ServerOffer, output: Output): string {
  const { tools, prompts, resources, templates, instructions } = offer;
  const { strong } = paletteOf(output);
  const says = sanitize(instructions.trim().slice(0, MAX_INSTRUCTIONS));
  return [
    heading(offer, output),
    ...says ? [`${strong("It says of itself")}\n${says}\n`] : [],
    ...section("tool", tools, output, tools.flatMap(toolRows)),
    ...section("prompt", prompts, output, prompts.map(promptRow)),
    ...section("resource", resources, output, resources.map(resourceRow)),
    ...section("resource template", templates, output, templates.map(templateRow)),
  ].join("\n");
}

function heading(offer: ServerOffer, output: Output): string {
  const { strong, quiet } = paletteOf(output);
  const { server, protocol, era, roundTripMs, capabilities } = offer;
  const name = server.title && server.title !== server.name
    ? `${server.title} (${server.name})`
    : server.name;
  const about = `MCP ${protocol} (${era} era), answers in ${roundTripMs} ms`;
  return `${strong(sanitizeLine(`${name} ${server.version}`))} ${quiet(sanitizeLine(about))}\n` +
    `capabilities: ${sanitizeLine(describeCapabilities(capabilities))}\n`;
}

/** `tools (listChanged), logging` */
function describeCapabilities(capabilities: object): string {
  const words = Object.entries(capabilities).map(([name, value]) => {
    const extras = isObject(value) ? Object.keys(value).filter((key) => value[key] !== false) : [];
    return extras.length > 0 ? `${name} (${extras.join(", ")})` : name;
  });
  return oneLine(words.join(", "), 400) || "none";
}

/** With the size of the list: what of it a client gives to a model fills its context. */
function section(kind: string, items: object[], output: Output, rows: Row[]): string[] {
  if (items.length === 0) return [];
  const { strong, quiet } = paletteOf(output);
  const size = quiet(`${grouped(sizeOf(items))} bytes`);
  return [`${strong(countOf(items.length, kind))} ${size}\n${renderRows(rows, output)}`];
}

/** As JSON, in UTF-8. */
export function sizeOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value) ?? "").length;
}

function toolRows({ name, description = "", inputSchema }: Tool): Row[] {
  const { properties = {}, required = [] } = inputSchema;
  const parameters = Object.entries(properties).map(([key, schema]): Row => {
    const isNeeded = required.includes(key);
    return [`  ${line(isNeeded ? key : `[${key}]`, 60)}`, describeParameter(schema)];
  });
  return [[line(name, 128), line(description, 300)], ...parameters];
}

function describeParameter(schema: unknown): string {
  if (!isObject(schema)) return "";
  const { type, enum: options, default: fallback, description } = schema;
  const kind = Array.isArray(options) ? options.map(String).join(" | ") : typeOf(type);
  const otherwise = fallback === undefined ? "" : `, default ${JSON.stringify(fallback)}`;
  const says = typeof description === "string" ? `: ${description}` : "";
  return line(`${kind}${otherwise}${says}`, 300);
}

function typeOf(type: unknown): string {
  return typeof type === "string" ? type : Array.isArray(type) ? type.join(" | ") : "any";
}

function promptRow({ name, description = "", arguments: args = [] }: Prompt): Row {
  const takes = args.map((one) => one.required ? one.name : `[${one.name}]`).join(" ");
  return [line(`${name} ${takes}`.trim(), 200), line(description, 300)];
}

function resourceRow({ uri, name, mimeType, size, description }: Resource): Row {
  const bytes = typeof size === "number" ? `${grouped(size)} bytes` : undefined;
  return [
    line(uri, 200),
    about(description ?? name, mimeType, bytes),
  ];
}

function templateRow({ uriTemplate, name, mimeType, description }: ResourceTemplateType): Row {
  return [
    line(uriTemplate, 200),
    about(description ?? name, mimeType),
  ];
}

/** What it says of itself may be a sentence. */
function about(says: string, ...facts: (string | undefined)[]): string {
  const known = facts.filter(Boolean).join(", ");
  return line(known ? `${says.replace(/\.$/, "")} (${known})` : says, 300);
}

function line(text: string, most: number): string {
  return sanitizeLine(oneLine(text, most));
}
