import { parseAllDocuments, stringify } from "yaml";
import { isObject } from "../../config/is_object.ts";
import { messageOf } from "../../config/message_of.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { EngineConfig } from "../engine.ts";

const INHERITS = "InheritParentConfig";

/**
 * The style that a `.clang-format` says, with the one further up where it is based on that: of each
 * language what is said there, else what is said of all, and on top of that its own.
 *
 * @throws {ToolError} where the two cannot be read to be joined
 */
export function clangStyle(config: EngineConfig | undefined): string {
  if (!config?.text.trim()) return "LLVM";
  if (!new RegExp(`BasedOnStyle\\s*:\\s*["']?${INHERITS}`, "i").test(config.text)) {
    return config.text;
  }
  return joined(config).map((one) => stringify(one)).join("---\n");
}

type Style = Record<string, unknown>;

function joined(config: EngineConfig): Style[] {
  const own = readStyles(config);
  if (!own.some(inherits)) return own;
  const above = config.above ? joined(config.above) : [];
  const base = (language: unknown) =>
    above.find((one) => one.Language === language) ??
      above.find((one) => one.Language === undefined) ?? { BasedOnStyle: "LLVM" };
  return own.map((style) => {
    if (!inherits(style)) return style;
    const { BasedOnStyle: _, ...rest } = style;
    return merge(base(style.Language), rest);
  });
}

function inherits({ BasedOnStyle: style }: Style): boolean {
  return typeof style === "string" && style.toLowerCase() === INHERITS.toLowerCase();
}

/** Parts such as `BraceWrapping` by their keys. */
function merge(base: Style, over: Style): Style {
  const entries = Object.entries(over).map(([key, value]) => {
    const under = base[key];
    return [key, isObject(under) && isObject(value) ? merge(under, value) : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}

function readStyles({ path, text }: EngineConfig): Style[] {
  try {
    return [parseAllDocuments(text, { logLevel: "error" })].flat().map((document) => {
      if (document.errors.length > 0) throw document.errors[0]!;
      const style: unknown = document.toJS({ maxAliasCount: 100 });
      return isObject(style) ? style : {};
    });
  } catch (error) {
    const [reason] = messageOf(error).split("\n", 1);
    throw new ToolError(`Cannot use ${JSON.stringify(path)}: ${reason}`, {
      hint: "correct it; its options are those of clang-format",
      cause: error,
    });
  }
}
