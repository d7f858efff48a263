/** Where markdownlint and markdownlint-cli2 look, as far as those files are data and no programs. */
export const MARKDOWN_CONFIG_FILES: readonly string[] = [
  ...[".markdownlint.jsonc", ".markdownlint.json", ".markdownlint.yaml", ".markdownlint.yml"],
  ...[".markdownlint-cli2.jsonc", ".markdownlint-cli2.yaml"],
];
