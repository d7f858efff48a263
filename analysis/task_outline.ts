/** A task as a text with headings and lists tells it. */
export interface TaskOutline {
  description: string;
  requirements: string[];
  steps: string[];
  /** As written, such as `Medium`; empty when nothing is said. */
  complexity: string;
}

type Section = keyof TaskOutline;

/** `Steps: …`, `**Steps:** …`: the words, and what follows the colon. */
const LABEL = /^(?:#{1,6}[ \t]+|\*\*)?([A-Za-z][A-Za-z _]{0,40})(?:\*\*)?:(?:\*\*)?(.*)$/;
/** `## Steps`, `**Steps**` */
const HEADING = /^(?:#{1,6}[ \t]+|\*\*)([A-Za-z][A-Za-z _]{0,40})(?:\*\*)?$/;
const ITEM = /^(?:[-*•]|\d{1,3}[.)])[ \t]+(.+)$/;

const SECTIONS: [Section, RegExp][] = [
  ["complexity", /complexity|effort|difficulty/i],
  ["requirements", /requirement|criteria/i],
  ["steps", /steps?\b|\bplan\b/i],
  ["description", /description|summary|\btask\b|\bgoal\b/i],
];

/**
 * Reads the task from a text that should have been JSON but is a list under headings, as weak
 * models write it.
 *
 * @returns undefined when it names no requirement or no step
 */
export function readTaskOutline(text: string): TaskOutline | undefined {
  const found: Record<Section, string[]> = {
    description: [],
    requirements: [],
    steps: [],
    complexity: [],
  };
  let section: Section = "description";
  for (const line of text.split("\n").map((line) => line.trim())) {
    const heading = readHeading(line);
    if (heading) section = heading.section;
    const content = heading ? heading.rest : ITEM.exec(line)?.[1] ?? proseOf(line, section);
    if (content) found[section].push(withoutMarks(content));
  }
  if (found.requirements.length === 0 || found.steps.length === 0) return undefined;
  return {
    ...found,
    description: found.description.join(" "),
    complexity: found.complexity.join(" "),
  };
}

function readHeading(line: string): { section: Section; rest: string } | undefined {
  const start = line.slice(0, 2000);
  const [, words = "", rest = ""] = LABEL.exec(start) ?? HEADING.exec(start) ?? [];
  const section = SECTIONS.find(([, pattern]) => pattern.test(words.replaceAll("_", " ")))
    ?.[0];
  return section && { section, rest: rest.trim() };
}

/** Text outside of lists belongs to the description, or says the complexity. */
function proseOf(line: string, section: Section): string {
  const isProse = section === "description" || section === "complexity";
  return isProse && !line.startsWith("```") ? line : "";
}

function withoutMarks(text: string): string {
  return text.replaceAll("**", "").trim();
}
