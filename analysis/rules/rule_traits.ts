import type { Category, Severity } from "../issue.ts";

/**
 * What a table says of a rule: the longest listed beginning of the rule's code decides. The answers
 * are kept, since a run asks for the same few hundred rules again and again.
 */
function table<T extends string>(
  lines: Partial<Record<T, string>>,
): (rule: string) => T | undefined {
  const values = new Map(
    Object.entries<string | undefined>(lines).flatMap(([value, codes = ""]) =>
      codes.trim().split(/\s+/).map((code) => [code, value as T] as const)
    ),
  );
  const answers = new Map<string, T | undefined>();
  return (rule) => {
    if (!answers.has(rule)) answers.set(rule, lookUp(values, rule));
    return answers.get(rule);
  };
}

/**
 * - critical: it cannot run, or fails wherever it is reached (undefined names, broken formats,
 *   impossible returns), or it opens the program to anyone (what bandit rates high and certain);
 * - major: it runs but most likely not as meant, or it is a weakness that needs a condition;
 * - minor: style that costs the next reader, or time;
 * - info: documentation, annotations and taste.
 *
 * Families are listed by their letters first; single rules then correct their family.
 */
const SEVERITY = table<Severity>({
  critical: `
    syntax-error analysis-failed B016 E902 F404 F406 F407 F501 F502 F503 F505 F506 F507 F508 F509
    F521 F524 F525 F621 F622 F633 F70 F821 F823 FA102 PLE01 PLE0241 PLE03 PLE0643 PLE1132 PLE1142
    PLE1300 PLE1307 PLE1507 PLE1700 PLE2502 PLW1501 RUF016 S201 S501 S502 S507 S602 S605 S609
    TC004 TC010`,
  major: `
    AIR ASYNC B002 B003 B004 B005 B006 B008 B012 B015 B017 B018 B019 B02 B03 B909 DJ007 DJ013
    DTZ003 DTZ004 E721 E722 F402 F504 F522 F523 F6 F722 F811 F822 F901 FAST003 G101 INT ISC004
    LOG NPY201 PGH005 PIE794 PIE796 PLC0132 PLC3002 PLE PLR0124 PLR0206 PLR1708 PLW0120 PLW0127
    PLW0128 PLW0129 PLW0133 PLW0177 PLW0245 PLW0604 PLW0711 PLW15 PLW2101 PT010 PT015 PTH210
    RUF006 RUF008 RUF009 RUF017 RUF018 RUF024 RUF026 RUF03 RUF040 RUF06 S SIM107 SIM115 SIM22
    T100 TRY203 W605 YTT`,
  minor: `
    A B B021 B022 B024 B026 B027 B028 B033 B034 BLE C DJ DTZ E EXE F F601 F602 FA FAST FBT FLY G
    ISC N NPY NPY001 NPY003 PD PERF PGH PIE PL PLW0131 PLW1508 PLW1509 PLW1510 PT PTH RET RSE RUF
    RUF036 RUF038 RUF039 RUF061 RUF066 S101 S108 S110 S112 S31 S4 S603 S606 S607 SIM SLF SLOT TC
    TID TRY UP W`,
  info: `
    ANN ARG C408 COM CPY D DOC E1 E2 E3 E501 E502 EM ERA FIX FURB G004 I ICN INP N802 N803 N806
    N812 N815 N816 PIE790 PLC0414 PLC0415 PLC1901 PLR2004 PLR6 PYI Q RET504 RET505 RET506 RET507
    RET508 RUF001 RUF002 RUF003 RUF012 SIM105 SIM108 SIM112 SIM300 T20 TD TRY003 TRY300 TRY301
    TRY401 UP004 UP006 UP007 UP008 UP009 UP015 UP032 UP039 UP045 W291 W292 W293 W391 W505`,
});

const CATEGORY = table<Category>({
  correctness: `
    syntax-error analysis-failed AIR ASYNC B BLE DTZ E711 E712 E72 E9 F FA102 FAST G101 INT ISC004
    LOG NPY PIE794 PIE796 PLC0132 PLE PLR0124 PLR0206 PLR1704 PLR1708 PLW PTH210 RUF SIM107 SIM115
    SIM22 T100 TC004 TC010 TRY203 W605 YTT`,
  security: `DJ003 DJ007 PLE2502 RUF001 RUF002 RUF003 S`,
  performance: `B019 C4 FURB113 G004 PERF PLC0206 PLC0207 PLC0208 RUF015 RUF017 SLOT UP033`,
  complexity: `
    C90 PLC0201 PLR0904 PLR091 PLR17 PLR5501 RET SIM101 SIM102 SIM103 SIM109 SIM110 SIM114 SIM116
    SIM117 SIM20 SIM21 SIM401 SIM91`,
  style: `
    B009 B010 B013 B014 B033 C40 C41 COM E EM F541 FLY FURB ICN ISC PIE PLC PLR PLR1711 PLR1722
    PLW0131 PLW33 PTH Q RSE SIM TD TID UP W`,
  documentation: `B021 CPY D DOC`,
  naming: `A E741 E742 E743 N PLC0105 PLC2401 PLC2403`,
  imports: `
    E401 E402 F401 F402 F403 F404 F405 F407 F811 I INP PLC0414 PLC0415 PLR0402 PLW0406 TC UP010
    UP029 UP035`,
  typing: `
    ANN F722 FA FBT PGH PLC0131 PYI RUF012 RUF013 RUF020 UP006 UP007 UP037 UP040 UP045 UP046
    UP047`,
  testing: `B011 B017 PGH005 PT RUF018 RUF030 S101`,
  maintainability: `
    ARG B904 DJ ERA EXE F841 F842 FIX G PD PLR2004 PLW060 PLW1508 PLW1509 PLW1510 PLW2901 RUF10
    SLF T20 TRY UP003 UP004 UP005 UP008 UP024 UP026 UP036 UP041`,
});

/** How much a message tells beyond its rule. */
const BY_MESSAGE: [rule: string, pattern: RegExp, severity: Severity][] = [
  // Ruff itself says when the command is a constant: nothing can be injected.
  ["S602", /seems safe/, "minor"],
  ["S605", /seems safe/, "minor"],
];

/** Complexity from which a function is a risk of its own: radon's ranks D and worse. */
const RISKY_COMPLEXITY = 20;

/** How bad what a rule finds is. Total: an unknown rule is `minor`. */
export function severityOf(rule: string, message = ""): Severity {
  if (rule === "C901") return complexityIn(message) > RISKY_COMPLEXITY ? "major" : "minor";
  const told = BY_MESSAGE.find(([code, pattern]) => code === rule && pattern.test(message));
  return told?.[2] ?? SEVERITY(rule) ?? "minor";
}

/** What a rule is about. Total: an unknown rule is `maintainability`. */
export function categoryOf(rule: string): Category {
  return CATEGORY(rule) ?? "maintainability";
}

/** The measured number in "`f` is too complex (31 > 10)". */
function complexityIn(message: string): number {
  return Number(/\((\d+) > \d+\)/.exec(message)?.[1] ?? 0);
}

/** The entry of the longest beginning of `rule`, but never of another linter: `E` is not `ERA`. */
function lookUp<T>(values: ReadonlyMap<string, T>, rule: string): T | undefined {
  const letters = /^[A-Z]*/.exec(rule)![0].length;
  for (let end = rule.length; end >= letters && end > 0; end--) {
    const value = values.get(rule.slice(0, end));
    if (value) return value;
  }
  return letters > 2 ? values.get(rule.slice(0, 2)) : undefined;
}
