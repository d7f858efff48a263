import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../scripts/run.ts";

/** ESLint as its own first page and typescript-eslint's set it up. */
const ESLINT = ["eslint@10.15.0", "@eslint/js@10.0.1", "typescript-eslint@8.73.0"];
const ESLINT_PACKAGES = [...ESLINT, "typescript@6.0.3"];
export const ESLINT_VERSIONS = ESLINT.map((name) => name.replace(/(?<!^)@/, " "));

const CONFIG = `import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
export default defineConfig(js.configs.recommended, tseslint.configs.recommended);
`;

/** Installs ESLint into the folder: it lints only what is below its configuration. */
export async function installEslint(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  await writeFile(join(folder, "eslint.config.js"), CONFIG);
  const quiet = ["--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact"];
  await run("npm", ["install", "--prefix", folder, ...quiet, ...ESLINT_PACKAGES]);
}
