/**
 * Refreshes analysis/biome/biome_rules.json, facts about Biome's rules, from its native program of the
 * embedded version: `deno run -A scripts/biome_rules.ts`. The names are those of the package's types.
 */
import project from "../deno.json" with { type: "json" };
import types from "@biomejs/wasm-nodejs/biome_wasm.d.ts" with { type: "bytes" };
import type { BiomeRuleFacts } from "../analysis/biome/biome_rules.ts";
import { capture } from "./run.ts";

const VERSION = project.imports["@biomejs/wasm-nodejs"].split("@").pop();
const RULES = new URL("../analysis/biome/biome_rules.json", import.meta.url);

function readCodes(): string[] {
  const codes = new TextDecoder().decode(types).matchAll(/^\| "(lint\/\w+\/\w+)"/gm);
  return [...new Set(Array.from(codes, ([, code]) => code!))].sort();
}

async function explain(code: string): Promise<BiomeRuleFacts | undefined> {
  const program = ["run", "-A", "--no-lock", `npm:@biomejs/biome@${VERSION}`];
  const { stdout } = await capture(Deno.execPath(), [
    ...program,
    "explain",
    code.split("/").at(-1)!,
  ]);
  const [facts = ""] = stdout.split("\nDescription\n");
  const one = (key: string) => new RegExp(`^- ${key}: (\\w+)`, "m").exec(facts)?.[1];
  if (!facts.includes(`Diagnostic category: ${code}`)) return undefined;
  const domains = Array.from(facts.split("\nDomains\n")[1]?.matchAll(/^- Name: (\w+)/gm) ?? []);
  return {
    code,
    severity: one("Default severity") as BiomeRuleFacts["severity"],
    fix: (one("Fix") ?? "none") as BiomeRuleFacts["fix"],
    ...(facts.includes("This rule is recommended") && { recommended: true }),
    ...(domains.length > 0 && { domains: domains.map(([, name]) => name!) }),
  };
}

const facts: BiomeRuleFacts[] = [];
for (const code of readCodes()) {
  const known = await explain(code);
  if (known) facts.push(known);
}
// One line for each rule, so that a change of one rule is a change of one line.
const lines = facts.map((one) => `  ${JSON.stringify(one)}`);
await Deno.writeTextFile(RULES, `[\n${lines.join(",\n")}\n]\n`);
console.error(`${facts.length} rules of Biome ${VERSION}`);
