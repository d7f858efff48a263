import { stringify } from "yaml";
import { CONFIG_ROOT, type ConfigKey, type ConfigSection, needsTrust } from "./keys.ts";
import { expectedValue } from "./expected_value.ts";

const COLUMNS = 100;

/** A devmcp.yaml that says what there is, every key with its default behind a `#`: it changes nothing. */
export function configTemplate(): string {
  return [
    "# The configuration of devmcp: every key with its default. Take away the # before the keys that",
    "# you set, and before their sections. `devmcp config show` tells what holds and why.",
    ...sectionLines(CONFIG_ROOT, ""),
    "",
  ].join("\n");
}

/** The names are the user's: an example says more than keys. */
const SERVERS = `
# # Other MCP servers, whose tools \`devmcp chat\` uses, as \`devmcp mcp add\` writes them. Those of a
# # project are started only after you have agreed; \${NAME} is a variable of your environment
# # mcpServers:
# #   files:
# #     command: npx
# #     args: [-y, "@modelcontextprotocol/server-filesystem", .]
# #   tickets:
# #     url: https://tickets.example.com/mcp
# #     headers: {Authorization: "Bearer \${TICKETS_TOKEN}"}
# #     timeout_seconds: 60
# #     tools: {allow: ["*"], deny: ["delete_*"]}`.split("\n");

/** The schema nests as deep as we wrote it. */
function sectionLines({ entries }: ConfigSection, indent: string): string[] {
  return [...entries].flatMap(([name, entry]): string[] => {
    if (entry.kind === "key") return keyLines(name, entry, indent);
    if (entry.kind === "servers") return SERVERS;
    if (entry.kind !== "section") return [];
    return [
      indent === "" ? "" : "#",
      ...comment(entry.description, indent),
      `# ${indent}${name}:`,
      ...sectionLines(entry, `${indent}  `),
    ];
  });
}

function keyLines(name: string, key: ConfigKey, indent: string): string[] {
  const { schema } = key;
  const fallback = stringify({ [name]: schema.parse(undefined) }, { flowCollectionPadding: false });
  return [
    ...comment(`${schema.description} (${limitsOf(key)})`, indent),
    `# ${indent}${fallback.trim()}`,
  ];
}

function limitsOf(key: ConfigKey): string {
  return `${expectedValue(key.schema)}${needsTrust(key) ? "; a project needs trust for it" : ""}`;
}

/** Twice a `#`, so that taking one away leaves a comment. */
function comment(text: string, indent: string): string[] {
  const lines: string[] = [];
  const head = `# ${indent}# `;
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const fits = last !== undefined && last.length + 1 + word.length <= COLUMNS;
    if (fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${head}${word}`);
  }
  return lines;
}
