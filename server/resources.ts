import type {
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
} from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";

export type CatalogChange = { kind: "list" } | { kind: "updated"; uri: string };

/** The resources a server offers, whoever serves them. */
export interface Resources {
  /** In a stable order; only what this caller may see. */
  list(caller: Caller): Promise<Resource[]>;
  templates(): ResourceTemplateType[];
  /** Undefined where there is no such resource for this caller. */
  read(uri: string, caller: Caller): Promise<ReadResourceResult["contents"] | undefined>;
  /** Values of a template's argument that begin with `value`; undefined where there is none such. */
  complete(
    template: string,
    argument: string,
    value: string,
    caller: Caller,
  ): Promise<string[] | undefined>;
  /** Makes ready for {@link watch}: of what changes after that, whoever watches then is told. */
  prepare(): Promise<void>;
  /**
   * Tells of changes until the returned function is called.
   * @param caller whose own resources count too. @default nobody: only those of all
   */
  watch(listener: (change: CatalogChange) => void, caller?: Caller): () => void;
}
