import type { Prompt } from "@modelcontextprotocol/server";
import { fillOffer } from "../prompts/fill_offer.ts";
import type { Offer } from "../prompts/offer.ts";
import type { Offers, OffersChange } from "../prompts/offers.ts";
import { valuesWith } from "./complete_value.ts";
import type { PromptCatalog } from "./prompt_catalog.ts";

/** The prompts among the offers, as MCP has them. */
export function createPromptCatalog(
  offers: Pick<Offers, "list" | "find" | "watch">,
): PromptCatalog {
  const find = async (name: string) => {
    const offer = await offers.find(name);
    return offer?.kind === "prompt" ? offer : undefined;
  };
  return {
    list: async () => (await offers.list()).filter(isPrompt).map(describe),
    get: async (name, args) => {
      const offer = await find(name);
      return offer && {
        description: offer.description,
        messages: [{ role: "user", content: { type: "text", text: fillOffer(offer, args) } }],
      };
    },
    complete: async (name, argument, value) => {
      const offer = await find(name).catch(() => undefined);
      const found = offer?.arguments.find((one) => one.name === argument);
      return found && valuesWith(found.values ?? [], value);
    },
    watch: (listener) => offers.watch((change) => concernsPrompts(change) && listener()),
  };
}

function isPrompt({ kind }: Offer): boolean {
  return kind === "prompt";
}

function describe({ name, title, description, arguments: args }: Offer): Prompt {
  return {
    name,
    title,
    description,
    arguments: args.map(({ name, description, required }) => ({ name, description, required })),
  };
}

function concernsPrompts(change: OffersChange): boolean {
  return change.some(({ before, after }) =>
    [before, after].some((offer) => offer && isPrompt(offer))
  );
}
