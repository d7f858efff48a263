import type { App } from "../app.ts";
import type { TextStyle } from "../style.ts";
import type { Renderer } from "./renderer.ts";

/** What a renderer may know of the run. */
export interface RenderOptions {
  app: Pick<App, "version" | "cwd" | "loadAsset">;
  /** What is reviewed, for a title. */
  subject: string;
  /** Of where the format goes. */
  style: TextStyle;
  /** One file was asked for by name: text says what is good and what to improve in it. */
  single: boolean;
  /** Text gives the number of findings per rule instead of the findings. */
  statistics: boolean;
}

type Load = (options: RenderOptions) => Promise<Renderer>;

/** The formats of `devmcp review`, each loaded when it is asked for. */
const LOADERS = {
  text: async ({ style, single, statistics }) =>
    (await import("./text.ts")).createText({ style, single, statistics }),
  json: async () => (await import("./json.ts")).createReviewJson(),
  jsonl: async () => (await import("./jsonl.ts")).createJsonl(),
  sarif: loadSarif,
  github: async () => ({ file: (await import("./github.ts")).renderGithub }),
  gitlab: async ({ app }) => (await import("./gitlab.ts")).createGitlab(app),
  junit: async () => (await import("./junit.ts")).createJunit(),
  checkstyle: async () => (await import("./checkstyle.ts")).createCheckstyle(),
  markdown: async () => (await import("./markdown.ts")).createMarkdown(),
  html: loadHtml,
} as const satisfies Record<string, Load>;

export type ReviewFormat = keyof typeof LOADERS;
export const REVIEW_FORMATS = Object.keys(LOADERS) as ReviewFormat[];

export function loadRenderer(format: ReviewFormat, options: RenderOptions): Promise<Renderer> {
  return LOADERS[format](options);
}

/** The formats that show lines of the source. */
export function showsSource(format: ReviewFormat): boolean {
  return format === "text" || format === "html";
}

/** The formats that tell of findings that are silenced or known. */
export function tellsSuppressed(format: ReviewFormat): boolean {
  return format === "sarif";
}

/** What the end of a file's name tells; the longest that fits holds. */
const ENDINGS: [ending: string, format: ReviewFormat][] = [
  [".sarif.json", "sarif"],
  ["codequality.json", "gitlab"],
  ["code-quality.json", "gitlab"],
  ["code-quality-report.json", "gitlab"],
  ["junit.xml", "junit"],
  ["checkstyle.xml", "checkstyle"],
  [".sarif", "sarif"],
  [".jsonl", "jsonl"],
  [".json", "json"],
  [".txt", "text"],
  [".md", "markdown"],
  [".markdown", "markdown"],
  [".html", "html"],
  [".htm", "html"],
];

/** The format that a file's name tells: `review.sarif`, `report.md`, `junit.xml`. */
export function formatOfFile(file: string): ReviewFormat | undefined {
  return ENDINGS.find(([ending]) => file.toLowerCase().endsWith(ending))?.[1];
}

async function loadHtml({ app, subject, single }: RenderOptions): Promise<Renderer> {
  const [{ createHtml }, { loadRules }] = await Promise.all([
    import("./html.ts"),
    import("../load_rules.ts"),
  ]);
  const { version } = app;
  return createHtml({ subject, version, findRule: (await loadRules(app)).find, single });
}

async function loadSarif({ app: { version, loadAsset } }: RenderOptions): Promise<Renderer> {
  const [{ createSarif }, { loadRules }] = await Promise.all([
    import("./sarif.ts"),
    import("../load_rules.ts"),
  ]);
  const rules = await loadRules({ loadAsset });
  const findRule = (code: string) => {
    const rule = rules.find(code);
    const help = [rule?.why, rule?.instead].filter(Boolean).join("\n\n");
    return rule && { name: rule.name, summary: rule.summary, help, url: rule.url };
  };
  return createSarif({ version, findRule });
}
