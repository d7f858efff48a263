import {
  type Edit,
  type Fix,
  isAdvice,
  type Issue,
  type Position,
  type Severity,
  type Suppression,
} from "../../analysis/issue.ts";
import type { FileReview } from "../../analysis/review.ts";
import { toJson } from "../sanitize.ts";
import { placeInFile } from "./place_in_file.ts";
import type { Renderer } from "./renderer.ts";

/** What the log says of a rule besides its code. */
export interface RuleHelp {
  name: string;
  summary: string;
  /** Markdown: why it matters and what to do. */
  help?: string;
  url?: string;
}

export interface SarifOptions {
  /** The version of devmcp. */
  version: string;
  /** Looks up a rule by its code. */
  findRule?: (code: string) => RuleHelp | undefined;
}

const LEVELS: Record<Severity, "error" | "warning" | "note"> = {
  critical: "error",
  major: "error",
  minor: "warning",
  info: "note",
};
const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const MAX_NOTIFICATIONS = 1000;

/**
 * Reviews as SARIF 2.1.0, in pieces that are written one after the other: header, one chunk per
 * file, footer. Only the rules that were broken are kept in memory; they come in the footer.
 */
export function createSarif({ version, findRule = () => undefined }: SarifOptions): Renderer {
  const rules = new Map<string, number>();
  const notifications: object[] = [];
  let failed = false;
  const notify = (level: "error" | "note", path: string, text: string) => {
    if (notifications.length >= MAX_NOTIFICATIONS) return;
    const locations = [{ physicalLocation: { artifactLocation: toLocation(path) } }];
    notifications.push({ level, message: { text }, locations });
  };
  let separator = "\n";
  const indexOf = (rule: string) => {
    if (!rules.has(rule)) rules.set(rule, rules.size);
    return rules.get(rule)!;
  };
  return {
    header: (): string =>
      `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[{"results":[`,
    file(path: string, { issues, suppressed = [], model_notes }: FileReview): string {
      for (const note of model_notes ?? []) notify("note", path, note);
      let chunk = "";
      for (const issue of [...issues, ...suppressed]) {
        const result = toResult(path, issue, indexOf(issue.rule));
        chunk += separator + toJson(result);
        separator = ",\n";
      }
      return chunk;
    },
    /** Notes a file that could not be reviewed; it comes with the footer. */
    problem(path: string, message: string): void {
      failed = true;
      notify("error", path, message);
    },
    footer(): string {
      const driver = {
        name: "devmcp",
        version,
        semanticVersion: version,
        rules: [...rules.keys()].map((code) => toRule(code, findRule(code))),
      };
      const rest = {
        tool: { driver },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "Where devmcp was run" } } },
        invocations: [{
          executionSuccessful: !failed,
          toolExecutionNotifications: notifications,
        }],
      };
      return `\n],${toJson(rest).slice(1)}]}\n`;
    },
  };
}

function toResult(path: string, issue: Issue, ruleIndex: number) {
  const artifactLocation = toLocation(path);
  return {
    ruleId: issue.rule,
    ruleIndex,
    // What a model found is advice: it fails no check, however severe it were.
    level: isAdvice(issue) ? "note" : LEVELS[issue.severity],
    message: { text: messageOf(issue) },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(issue) } }],
    ...issue.fingerprint && {
      // The one key that GitHub code scanning reads.
      partialFingerprints: { primaryLocationLineHash: issue.fingerprint },
    },
    ...issue.suppressed && { suppressions: [toSuppression(issue.suppressed)] },
    properties: {
      severity: issue.severity,
      category: issue.category,
      source: issue.source ?? "static",
      ...issue.cell !== undefined && { cell: issue.cell },
      ...issue.confidence !== undefined && { confidence: issue.confidence },
    },
    ...issue.fix && issue.fix.edits.length > 0 && issue.cell === undefined &&
      { fixes: [toFix(issue.fix, artifactLocation)] },
  };
}

function messageOf({ message, suggestion }: Issue): string {
  return suggestion ? `${message}\n\n${suggestion}` : message;
}

function toFix({ message, safe, edits }: Fix, artifactLocation: object) {
  const replacement = ({ start, end, content }: Edit) => ({
    deletedRegion: toRegion(start, end),
    insertedContent: { text: content },
  });
  return {
    description: { text: `${message} (${safe ? "safe" : "unsafe"})` },
    artifactChanges: [{ artifactLocation, replacements: edits.map(replacement) }],
  };
}

/** What every finding of a model goes by. */
const MODEL_RULE = {
  id: "model",
  name: "model-review",
  shortDescription: { text: "Found by a language model; it may be wrong" },
};

function toRule(code: string, help: RuleHelp | undefined) {
  if (code === MODEL_RULE.id) return MODEL_RULE;
  if (!help) return { id: code };
  return {
    id: code,
    name: help.name,
    shortDescription: { text: help.summary },
    ...help.help && { help: { text: help.help, markdown: help.help } },
    ...help.url && { helpUri: help.url },
  };
}

function regionOf(issue: Issue) {
  const { line, column, endLine, endColumn } = placeInFile(issue);
  if (column === undefined) return { startLine: line };
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function toRegion({ line, column }: Position, end: Position) {
  return { startLine: line, startColumn: column, endLine: end.line, endColumn: end.column };
}

/** Relative to where devmcp was run; an absolute path is a file: URI. */
function toLocation(path: string): { uri: string; uriBaseId?: string } {
  const uri = path.toWellFormed().split("/").map(encodeURIComponent).join("/");
  if (uri.startsWith("/")) return { uri: `file://${uri}` };
  return { uri: uri.replace(/^(\.\/)+/, ""), uriBaseId: "%SRCROOT%" };
}

/** A comment stands in the source; the baseline does not. */
function toSuppression({ by, reason }: Suppression) {
  return {
    kind: by === "comment" ? "inSource" : "external",
    justification: reason || (by === "comment" ? "silenced by a comment" : "in the baseline"),
  };
}
