/**
 * What `devmcp` checks where a project chooses nothing: what a good reviewer would say, and little
 * else. Bugs, vulnerabilities and traps come first; style only where it misleads; white space and
 * quotes are the formatter's business; of docstrings only those of public classes and functions.
 *
 * Left out on purpose, for their noise: B007, B028, B905 (loop variables, stacklevel, zip strict),
 * C408 (dict()), E501 (the formatter breaks lines; `pep8` as a style guide adds it), I001 (order
 * of imports; `google` adds it), PERF203 (free since Python 3.11), PLR2004 (magic numbers), RUF012
 * and RUF100, S101, S310, S311, S603, S607 (right in most programs), SIM105 and SIM108 (taste).
 * Every rule is stable in Ruff, so a selector here never depends on preview mode.
 */
export const DEFAULT_RULES: readonly string[] = [
  ...["F", "E4", "E7", "E9", "W1", "W2", "W6"],
  ...["B002", "B003", "B004", "B005", "B006", "B008", "B009", "B01", "B020", "B021", "B022"],
  ...["B023", "B024", "B025", "B026", "B029", "B03", "B904"],
  ...[
    "A001",
    "A002",
    "ASYNC100",
    "ASYNC105",
    "ASYNC11",
    "ASYNC21",
    "ASYNC22",
    "ASYNC230",
    "ASYNC251",
    "BLE001",
  ],
  ...["C400", "C401", "C402", "C403", "C404", "C405", "C406", "C409", "C41", "C901"],
  ...["D101", "D103", "D419", "DJ007", "DJ013", "DTZ003", "DTZ004", "FA102", "FAST003"],
  ...["G010", "G101", "G201", "G202", "INT", "ISC004", "LOG001", "LOG002", "LOG009", "LOG014"],
  ...["N801", "N802", "N804", "N805", "NPY001", "NPY003", "NPY201", "PERF101", "PERF102"],
  ...["PERF4", "PGH005", "PIE790", "PIE794", "PIE796", "PIE800", "PIE804", "PIE808", "PIE810"],
  ...["PLC0205", "PLC0206", "PLC0208", "PLC3002", "PLE"],
  ...[
    "PLR0124",
    "PLR0133",
    "PLR0206",
    "PLR0402",
    "PLR0913",
    "PLR1708",
    "PLR171",
    "PLR1722",
    "PLR173",
  ],
  ...[
    "PLR5501",
    "PLW01",
    "PLW0211",
    "PLW0245",
    "PLW0406",
    "PLW060",
    "PLW0711",
    "PLW150",
    "PLW1510",
  ],
  ...["PLW2101", "PLW3301", "PT010", "PT014", "PT015", "PT020", "PT024", "PT025", "PT026"],
  ...["PT031", "PTH210", "RET501", "RET502", "RET503"],
  ...["RUF006", "RUF008", "RUF009", "RUF013", "RUF015", "RUF016", "RUF017", "RUF018", "RUF019"],
  ...["RUF024", "RUF026", "RUF030", "RUF032", "RUF033", "RUF034", "RUF040", "RUF060", "RUF064"],
  ...["S102", "S103", "S104", "S105", "S106", "S107", "S108", "S110", "S112", "S113", "S2"],
  ...["S301", "S302", "S303", "S304", "S305", "S306", "S307", "S308", "S312", "S313", "S314"],
  ...["S315", "S316", "S317", "S318", "S319", "S321", "S323", "S324", "S5"],
  ...["S601", "S602", "S604", "S605", "S608", "S609", "S61", "S7"],
  ...["SIM101", "SIM102", "SIM103", "SIM107", "SIM113", "SIM115", "SIM118", "SIM20", "SIM21"],
  ...["SIM22", "SIM401", "SIM91", "T100", "TC004", "TC010", "TRY203", "TRY401"],
  ...["UP003", "UP004", "UP005", "UP008", "UP010", "UP021", "UP024", "UP026", "UP034", "UP035"],
  ...["UP036", "UP039", "UP041", "YTT"],
];

/** Options of single rules, where Ruff's own defaults are louder than a reviewer. */
export const DEFAULT_LINT_OPTIONS: Readonly<Record<string, unknown>> = {
  mccabe: { "max-complexity": 10 },
  pylint: { "max-args": 7 },
  // FastAPI's way of declaring parameters calls functions in defaults on purpose.
  "flake8-bugbear": {
    "extend-immutable-calls": ["Body", "Cookie", "Depends", "File", "Form", "Header", "Path"]
      .concat("Query", "Security").map((name) => `fastapi.${name}`).concat("typer.Argument")
      .concat("typer.Option"),
  },
  // Names that everyone uses for what they are: nobody is misled by an argument called `id`.
  "flake8-builtins": {
    ignorelist: ["copyright", "credits", "format", "help", "id", "license", "type"],
  },
};

/** Tests hold made-up secrets, call insecure functions on purpose and need no docstrings. */
export const DEFAULT_TEST_IGNORES: readonly string[] = ["D1", "PLR0913", "S"];
export const TEST_FILES: readonly string[] = [
  "test_*.py",
  "*_test.py",
  "conftest.py",
  "tests/**",
  "test/**",
  "**/tests/**",
  "**/test/**",
];
