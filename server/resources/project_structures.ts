import type { Resource } from "@modelcontextprotocol/server";
import type { PromptTable } from "../../prompts/mod.ts";
import { type Contents, type Provider, sizeOf } from "./provider.ts";
import { formatResourceUri } from "./resource_uri.ts";

const NAME = "project-structure";
const OVERVIEW = "overview";
const MIME_TYPE = "text/markdown";

/** What else people call the languages. */
const ALIASES = new Map(Object.entries({
  "c#": "csharp",
  "c++": "cpp",
  cs: "csharp",
  cxx: "cpp",
  golang: "go",
  js: "javascript",
  kt: "kotlin",
  node: "javascript",
  py: "python",
  python3: "python",
  rs: "rust",
  ts: "typescript",
}));

interface Structure {
  uri: string;
  title: string;
  description: string;
  text: string;
}

/** `templates://project-structure`, and how projects of one language are laid out. */
export function projectStructures(table: PromptTable): Provider {
  const languages = [...table.keys()].filter((name) => name !== OVERVIEW);
  const load = (name: string) => loadStructure(table, name);
  return {
    scheme: "templates",
    list: async () => [describe(await load(OVERVIEW))],
    template: {
      uriTemplate: `templates://${NAME}/{language}`,
      name: NAME,
      title: "Project structure by language",
      // Not by Intl.ListFormat, which takes 20 ms to load.
      description: `How a project is laid out in one language: ${languages.join(", ")}.`,
      mimeType: MIME_TYPE,
      annotations: { audience: ["user", "assistant"], priority: 0.4 },
    },
    read: async ({ name, part = OVERVIEW }) => {
      const wanted = part.toLowerCase();
      const language = ALIASES.get(wanted) ?? wanted;
      return name === NAME && table.has(language) ? contentsOf(await load(language)) : undefined;
    },
    values: () => Promise.resolve(languages),
  };
}

async function loadStructure(table: PromptTable, name: string): Promise<Structure> {
  const [{ readFrontMatter, readText }, { default: file }] = await Promise.all([
    import("../../prompts/front_matter.ts"),
    table.get(name)!(),
  ]);
  const { fields, body } = readFrontMatter(file);
  const part = name === OVERVIEW ? undefined : name;
  return {
    uri: formatResourceUri({ scheme: "templates", name: NAME, part }),
    title: readText(fields, "title"),
    description: readText(fields, "description"),
    text: body.trimStart(),
  };
}

function describe({ uri, title, description, text }: Structure): Resource {
  return {
    uri,
    name: NAME,
    title,
    description,
    mimeType: MIME_TYPE,
    size: sizeOf(text),
    annotations: { audience: ["user", "assistant"], priority: 0.4 },
  };
}

function contentsOf({ uri, text }: Structure): Contents {
  return [{ uri, mimeType: MIME_TYPE, text }];
}
