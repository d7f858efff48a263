import type { Resource } from "@modelcontextprotocol/server";
import type { Offer } from "../../prompts/offer.ts";
import type { Offers, OffersChange } from "../../prompts/offers.ts";
import type { CatalogChange } from "../resources.ts";
import { type Provider, sizeOf } from "./provider.ts";
import { formatResourceUri } from "./resource_uri.ts";

const MIME_TYPE = "text/markdown";

/** `prompts://‹name›`: the personas among the offers. */
export function personas(offers: Pick<Offers, "list" | "find" | "watch">): Provider {
  return {
    scheme: "prompts",
    list: async () => (await offers.list()).filter(isPersona).map(describe),
    read: async ({ name, part }) => {
      const offer = part === undefined ? await offers.find(name) : undefined;
      if (!offer || !isPersona(offer)) return;
      return [{ uri: uriOf(offer), mimeType: MIME_TYPE, text: textOf(offer) }];
    },
    prepare: async () => void await offers.list(),
    watch: (listener) => offers.watch((change) => changesOf(change).forEach(listener)),
  };
}

function isPersona({ kind }: Offer): boolean {
  return kind === "persona";
}

function uriOf({ name }: Offer): string {
  return formatResourceUri({ scheme: "prompts", name });
}

function textOf({ body }: Offer): string {
  return `${body}\n`;
}

function describe(offer: Offer): Resource {
  const lastModified = offer.modified?.toISOString();
  return {
    uri: uriOf(offer),
    name: offer.name,
    title: offer.title,
    description: offer.description,
    mimeType: MIME_TYPE,
    size: sizeOf(textOf(offer)),
    annotations: { audience: ["assistant"], priority: 0.5, ...lastModified && { lastModified } },
  };
}

/** The list has sizes and dates, so it changes with every file. */
function changesOf(change: OffersChange): CatalogChange[] {
  const touched = change.flatMap(({ before, after }) => {
    const persona = [after, before].find((offer) => offer && isPersona(offer));
    return persona ? [{ kind: "updated" as const, uri: uriOf(persona) }] : [];
  });
  return touched.length > 0 ? [...touched, { kind: "list" }] : [];
}
