import type {
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
} from "@modelcontextprotocol/server";
import type { Caller } from "../caller.ts";
import type { CatalogChange } from "../resources.ts";
import type { ResourceUri } from "./resource_uri.ts";

export type Contents = ReadResourceResult["contents"];

/** The resources of one scheme. */
export interface Provider {
  /** Without `:`. */
  scheme: string;
  list(caller: Caller): Promise<Resource[]>;
  /** @default none */
  template?: ResourceTemplateType;
  /** Undefined where there is no such resource for this caller. */
  read(uri: ResourceUri, caller: Caller): Promise<Contents | undefined>;
  /** All values of the template's only variable. */
  values?(caller: Caller): Promise<string[]>;
  /** As `Resources.prepare`. @default nothing is to be done */
  prepare?(): Promise<void>;
  /** Absent where nothing changes. */
  watch?(listener: (change: CatalogChange) => void, caller?: Caller): () => void;
}

/** Bytes of a text in UTF-8. */
export function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
