/** Projects whose configuration of markdownlint is in several files: markdownlint-cli2 is compared. */

const TEXT = "# a\n\n\n- b\n\ntext *c *\n\n* d\n\n<br>\n\n[e]()\n";
const LONG = `# a\n\n${"word ".repeat(30)}end\n`;

/** By name: its files, by path. */
export const MARKDOWN_PROJECTS: Record<string, Record<string, string>> = {
  "nothing configured": { "a.md": TEXT, "b/long.md": LONG },
  "extends a file, which extends one of another form": {
    ".markdownlint.json": '{"extends": "./conf/base.yaml", "MD012": false}',
    "conf/base.yaml": "extends: ../more.jsonc\nMD042: false\nMD012: true\n",
    "more.jsonc": '{"default": false, /* why */ "MD037": true, "MD042": true}',
    "a.md": TEXT,
    "b/a.md": TEXT,
  },
  "extends what a package exports": {
    ".markdownlint.yaml": "extends: '@o/conf/strict'\nMD033: false\n",
    "node_modules/@o/conf/package.json":
      '{"name": "@o/conf", "exports": {"./strict": {"require": "./s.json", "default": "./no.json"}}}',
    "node_modules/@o/conf/s.json": '{"extends": "plain", "MD042": false}',
    "node_modules/plain/package.json": '{"name": "plain", "main": "main.json"}',
    "node_modules/plain/main.json": '{"MD004": false, "MD042": true}',
    "a.md": TEXT,
  },
  "the nearest holds, alone": {
    ".markdownlint.json": '{"MD037": false}',
    "b/.markdownlint.yml": "MD042: false\n",
    "a.md": TEXT,
    "b/a.md": TEXT,
    "b/c/a.md": TEXT,
  },
  "of markdownlint-cli2: config, joined with those further up": {
    ".markdownlint-cli2.jsonc": '{"config": {"MD037": false, "MD042": false}}',
    "b/.markdownlint-cli2.yaml": "config:\n  MD042: true\n  MD033: false\n",
    "a.md": TEXT,
    "b/a.md": TEXT,
  },
  "of markdownlint-cli2: config that extends": {
    ".markdownlint-cli2.yaml": "config:\n  extends: conf/base.json\n  MD042: false\n",
    "conf/base.json": '{"MD037": false, "MD042": true}',
    "a.md": TEXT,
  },
  "both in one folder, and what is left out": {
    ".markdownlint.json": '{"MD037": false}',
    ".markdownlint-cli2.jsonc":
      '{"config": {"MD042": false}, "ignores": ["gone.md", "docs/*.md", "old"], "globs": ["!x/**"]}',
    "a.md": TEXT,
    "gone.md": TEXT,
    "b/gone.md": TEXT,
    "docs/a.md": TEXT,
    "docs/deep/a.md": TEXT,
    "old/deep/a.md": TEXT,
    "x/a.md": TEXT,
  },
  "both, in different folders": {
    ".markdownlint.json": '{"MD037": false}',
    "b/.markdownlint-cli2.jsonc": '{"config": {"MD042": false}}',
    "b/c/.markdownlint.json": '{"MD033": false}',
    "a.md": TEXT,
    "b/a.md": TEXT,
    "b/c/a.md": TEXT,
  },
  "config further up, beside a file for markdownlint": {
    ".markdownlint.json": '{"MD037": false}',
    ".markdownlint-cli2.jsonc": '{"config": {"MD042": false}}',
    "b/.markdownlint-cli2.jsonc": '{"noBanner": true}',
    "a.md": TEXT,
    "b/a.md": TEXT,
  },
  "comments without effect": {
    ".markdownlint-cli2.jsonc": '{"noInlineConfig": true}',
    "a.md": `<!-- markdownlint-disable -->\n\n${TEXT}`,
  },
  "comments": {
    "a.md":
      `<!-- markdownlint-disable MD037 -->\n\n${TEXT}\n<!-- markdownlint-enable -->\n\n*a *\n`,
    "b.md": `${TEXT}\n<!-- markdownlint-configure-file {"MD042": false} -->\n`,
    "c.md": `---\ntitle: x\n---\n\n# y\n\n*a * <!-- markdownlint-disable-line -->\n`,
  },
};
