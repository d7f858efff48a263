/** What an offer may be: a prompt with arguments, or a persona that is read as it is. */
export const OFFER_KINDS = ["prompt", "persona"] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

/** A Markdown file with front matter that is offered to MCP clients. */
export interface Offer {
  /** The file's name without `.md`. */
  name: string;
  kind: OfferKind;
  title: string;
  description: string;
  /** What stands for the placeholders of `body`; none for a persona. */
  arguments: OfferArgument[];
  body: string;
  /** When the user's file was changed last; absent for one that comes with devmcp. */
  modified?: Date;
}

export interface OfferArgument {
  name: string;
  description: string;
  required: boolean;
  /** Proposals, not limits. */
  values: string[];
  /** Stands for it where it is left out. @default the line goes */
  default?: string;
}
