import { biomeCategory, type BiomeSeverity, biomeSeverity } from "./biome_traits.ts";
import type { Rule } from "../rules/rule.ts";

/** One entry of biome_rules.json: what scripts/biome_rules.ts takes from Biome. */
export interface BiomeRuleFacts {
  /** `lint/suspicious/noDoubleEquals` */
  code: string;
  severity: "error" | "warn" | "info";
  fix: "safe" | "unsafe" | "none";
  /** Checked where nothing is configured; with `domains`, where package.json names such a package. */
  recommended?: true;
  domains?: string[];
}

const SEVERITIES: Record<BiomeRuleFacts["severity"], BiomeSeverity> = {
  error: "error",
  warn: "warning",
  info: "information",
};

/** Reads biome_rules.json, an embedded asset. */
export function readBiomeRules(json: string): Rule[] {
  return [...(JSON.parse(json) as BiomeRuleFacts[]).map(toRule), ...assists(), ...SUPPRESSIONS];
}

/** What Biome sorts and tidies where `assist` in biome.json asks for it. */
const ASSISTS: Record<string, string> = {
  noDuplicateClasses: "An attribute of HTML or JSX names a class of CSS twice.",
  organizeImports: "Imports and exports are not sorted, or two of one module stand apart.",
  useSortedAttributes: "The attributes of an element of JSX or HTML are not sorted.",
  useSortedEnumMembers: "The members of an enum are not sorted.",
  useSortedInterfaceMembers: "The members of an interface are not sorted.",
  useSortedKeys: "The keys of an object are not sorted.",
  useSortedPackageJson: "The fields of package.json are not in the usual order.",
  useSortedProperties: "Properties and nested rules of CSS are not in the usual order.",
  useSortedSelectionSet: "The fields that a query of GraphQL selects are not sorted.",
  useSortedTypeFields: "The fields of a type of GraphQL are not sorted.",
};

function assists(): Rule[] {
  return Object.entries(ASSISTS).map(([name, summary]) => ({
    ...toRule({ code: `assist/source/${name}`, severity: "info", fix: "safe" }),
    summary,
    why: "What is in an order is found, and changed by two people without a conflict, more easily.",
    instead: "Let `devmcp review --fix` do it.",
    url: `https://biomejs.dev/assist/actions/${kebab(name)}/`,
  }));
}

/** What Biome says of its own comments. */
const SUPPRESSIONS: Rule[] = [
  ...["incorrect", "parse", "unknownAction", "unknownGroup", "unknownRule", "unused"],
].map((what) => ({
  ...toRule({ code: `suppressions/${what}`, severity: "warn", fix: "none" }),
  name: `suppressions/${what}`,
  summary: "A comment `biome-ignore` silences nothing, or is not written as Biome reads it.",
  url: undefined,
}));

function toRule({ code, severity, fix, recommended, domains = [] }: BiomeRuleFacts): Rule {
  const name = code.split("/").at(-1)!;
  const words = kebab(name);
  const about = domains.length > 0 ? `Biome, for ${domains.join(" and ")}` : "Biome";
  return {
    code,
    name,
    linter: "Biome",
    status: code.startsWith("lint/nursery/") ? "preview" : "stable",
    fixable: fix === "none" ? "none" : "sometimes",
    summary: `${words[0]!.toUpperCase()}${words.slice(1).replaceAll("-", " ")} (${about}).`,
    severity: biomeSeverity(code, SEVERITIES[severity]),
    category: biomeCategory(code),
    safeFix: fix === "safe",
    byDefault: Boolean(recommended) && domains.length === 0,
    url: `https://biomejs.dev/linter/rules/${words}/`,
  };
}

/** `noDoubleEquals` as `no-double-equals`. */
function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]|[A-Z](?=[a-z])/g, (letter) => `-${letter}`)
    .replace(/^-/, "").toLowerCase();
}
