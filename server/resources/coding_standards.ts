import type { RuffSettings } from "../../analysis/ruff/ruff_settings.ts";
import type { Config } from "../../config/config.ts";
import { type Provider, sizeOf } from "./provider.ts";
import { formatResourceUri } from "./resource_uri.ts";

const NAME = "coding-standards";
const MIME_TYPE = "application/json";

export interface CodingStandardsOptions {
  /** The effective configuration. */
  config(): Promise<Config>;
  /** Ruff's settings that hold for the workspace. @throws {ToolError} where they are broken */
  ruffSettings(): Promise<RuffSettings>;
}

/** `config://coding-standards`: what code here has to be like, from the effective configuration. */
export function codingStandards(options: CodingStandardsOptions): Provider {
  const uri = formatResourceUri({ scheme: "config", name: NAME });
  let last: string | undefined;
  const render = async () => {
    const { describeStandards } = await import("./describe_standards.ts");
    const config = await options.config();
    const ruff = await options.ruffSettings().catch(() => undefined);
    const standards = describeStandards(config, ruff);
    return last = `${JSON.stringify(standards, null, 2)}\n`;
  };
  return {
    scheme: "config",
    list: async () => [{
      uri,
      name: NAME,
      title: "Coding standards",
      description: "Language, style, test framework and the rules that code here is held to.",
      mimeType: MIME_TYPE,
      size: sizeOf(last ?? await render()),
      annotations: { audience: ["assistant", "user"], priority: 0.8 },
    }],
    read: async ({ name, part }) => {
      if (name !== NAME || part !== undefined) return;
      return [{ uri, mimeType: MIME_TYPE, text: await render() }];
    },
  };
}
