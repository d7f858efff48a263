/** Projects whose configuration is in several files: what native Biome makes of them is compared. */

const CODE =
  'function f(x){ debugger; let y="q"; console.log(1); console.error(2); return x==y+a+b+c }\n';
const HOOK =
  'import {useEffect,useState} from "react"; export function A(){const [a]=useState(0); ' +
  "if(a){useEffect(()=>{f(a)},[])} return <p>{a}</p>}\n";

/** By name: its files, by path. */
export const BIOME_PROJECTS: Record<string, Record<string, string>> = {
  "extends files in order, and what those extend does not count": {
    "biome.json": JSON.stringify({
      extends: ["./shared/base.json", "./shared/second.jsonc"],
      overrides: [{ includes: ["*.js"], formatter: { lineWidth: 40 } }],
      javascript: { globals: ["b"] },
      linter: {
        rules: {
          suspicious: { noConsole: "warn" },
          correctness: { noUndeclaredVariables: "error" },
        },
      },
    }),
    "shared/base.json": JSON.stringify({
      extends: ["./third.json"],
      formatter: { indentStyle: "space", indentWidth: 3 },
      overrides: [{ includes: ["*.js"], javascript: { formatter: { quoteStyle: "single" } } }],
      javascript: { globals: ["a"] },
      linter: {
        rules: {
          suspicious: {
            noDoubleEquals: "off",
            noConsole: { level: "error", options: { allow: ["log"] } },
          },
        },
      },
    }),
    "shared/second.jsonc":
      '// why\n{"formatter":{"indentWidth":5},"linter":{"rules":{"style":"off"}},"files":{"includes":["**","!x.js"]},}',
    "shared/third.json": '{"javascript":{"formatter":{"semicolons":"asNeeded"}}}',
    "a.js": CODE,
    "x.js": CODE,
    "deep/er/a.js": CODE,
  },
  "a nested configuration extends the one above": {
    "biome.json":
      '{"javascript":{"formatter":{"quoteStyle":"single"}},"linter":{"rules":{"suspicious":{"noDebugger":"info"}}}}',
    "a.js": CODE,
    "sub/biome.json":
      '{"root":false,"extends":"//","formatter":{"indentStyle":"space","indentWidth":1}}',
    "sub/a.js": CODE,
    "sub/deep/a.js": CODE,
    "alone/biome.json": '{"root":false,"formatter":{"indentStyle":"space","indentWidth":1}}',
    "alone/a.js": CODE,
  },
  "package.json names the framework": {
    "biome.json": "{}",
    "package.json": '{"dependencies":{"react":"19.0.0"}}',
    "a.jsx": HOOK,
    "src/deep/a.jsx": HOOK,
  },
  "no framework": { "biome.json": "{}", "package.json": "{}", "a.jsx": HOOK },
  "a package of a monorepo names the framework": {
    "biome.json": "{}",
    "package.json": "{}",
    "a.jsx": HOOK,
    "packages/p/package.json": '{"dependencies":{"react":"19.0.0"}}',
    "packages/p/a.jsx": HOOK,
    "packages/q/package.json": '{"dependencies":{"vue":"3.0.0"}}',
    "packages/q/a.jsx": HOOK,
  },
  ".editorconfig, where it is asked for": {
    "biome.json": '{"formatter":{"useEditorconfig":true}}',
    ".editorconfig": "root=true\n[*]\nindent_style=space\nindent_size=3\nend_of_line=crlf\n\n" +
      "[*.{js,ts}]\nindent_size=7\n[lib/**]\nindent_style=tab\n[{other,more}/*.[jk]s]\nindent_size=tab\n",
    "src/.editorconfig": "[*]\nindent_size=1\n",
    "src/a.js": CODE,
    "lib/a.js": CODE,
    "other/a.js": CODE,
    "a.css": "a{b:c}",
  },
  ".editorconfig, where it is not": {
    "biome.json": "{}",
    ".editorconfig": "[*]\nindent_style=space\n",
    "a.js": CODE,
  },
  "includes, overrides and domains": {
    "biome.json": JSON.stringify({
      files: { includes: ["**", "!**/dist", "!**/*.min.js"] },
      formatter: { includes: ["src/**"], lineWidth: 50 },
      linter: { includes: ["**", "!lib/**"], domains: { test: "all" } },
      css: { formatter: { indentStyle: "space" }, linter: { enabled: false } },
      overrides: [
        { includes: ["**/*.test.js"], linter: { rules: { suspicious: { noDebugger: "off" } } } },
        { includes: ["src/**"], javascript: { formatter: { arrowParentheses: "asNeeded" } } },
      ],
    }),
    "src/a.js": `${CODE}g((x) => x);\n`,
    "src/a.test.js": `${CODE}describe.only("a", () => { it.skip("b") });\n`,
    "src/dist/a.js": CODE,
    "src/a.min.js": CODE,
    "lib/a.js": CODE,
    "src/a.css": "a{color:red;color:blue}",
  },
  "extends what packages export": {
    "package.json": '{"name": "p"}',
    "biome.json": JSON.stringify({
      extends: ["@o/conf/biome", "plain", "plain/more.jsonc", "./base.json"],
      linter: { rules: { suspicious: { noConsole: "warn" } } },
    }),
    "base.json": '{"formatter": {"indentStyle": "space", "indentWidth": 6}}',
    "node_modules/@o/conf/package.json": JSON.stringify({
      name: "@o/conf",
      exports: { "./biome": { node: "./no.json", biome: "./b.json", default: "./no.json" } },
    }),
    "node_modules/@o/conf/no.json": '{"javascript": {"formatter": {"semicolons": "asNeeded"}}}',
    "node_modules/@o/conf/b.json":
      '{"extends": ["./no.json"], "javascript": {"formatter": {"quoteStyle": "single"}}}',
    "node_modules/plain/package.json": '{"name": "plain", "main": "x.json"}',
    "node_modules/plain/x.json": '{"linter": {"rules": {"suspicious": {"noDoubleEquals": "off"}}}}',
    "node_modules/plain/more.jsonc": '{"javascript": {"globals": ["a"]}, /* why */}',
    "a.js": CODE,
    "deep/er/a.js": CODE,
    "sub/package.json": '{"name": "s"}',
    "sub/biome.json": '{"root": false, "extends": ["plain"]}',
    "sub/a.js": CODE,
  },
  "git's own list of ignored files": {
    "biome.json": '{"vcs": {"enabled": true, "clientKind": "git", "useIgnoreFile": true}}',
    ".gitignore": "none.js\n",
    "a.js": CODE,
    "sub/a.js": CODE,
  },
  "includes that leave out and take back": {
    "biome.json": JSON.stringify({
      files: { includes: ["**/*.js", "!**/gen/**", "**/gen/keep.js", "!!**/never"] },
      linter: { includes: ["**", "!**/*.spec.js"], rules: { recommended: false } },
      overrides: [
        { includes: ["a.js", "!b.js"], linter: { rules: { style: { useConst: "error" } } } },
        { includes: ["**"], linter: { rules: { suspicious: { noDebugger: "error" } } } },
        { includes: ["gen/**"], formatter: { enabled: false } },
      ],
    }),
    "a.js": CODE,
    "b.js": CODE,
    "b.spec.js": CODE,
    "gen/a.js": CODE,
    "gen/keep.js": CODE,
    "never/a.js": CODE,
    "a.css": "a{b:c}",
  },
  "rules by group, level, options and fix": {
    "biome.json": JSON.stringify({
      linter: {
        rules: {
          recommended: false,
          complexity: "on",
          style: { recommended: true, useConst: { level: "warn", fix: "none" } },
          suspicious: { noConsole: { level: "info", options: { allow: ["error"] } } },
          nursery: "off",
          correctness: { noUnusedVariables: "on" },
        },
      },
      javascript: { linter: { enabled: true }, formatter: { bracketSpacing: false } },
    }),
    "a.js": CODE,
  },
};
