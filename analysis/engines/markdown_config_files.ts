/** Where markdownlint looks, as far as those files are data and no programs. */
export const MARKDOWN_CONFIG_FILES: readonly string[] = [
  ...[".markdownlint.jsonc", ".markdownlint.json", ".markdownlint.yaml", ".markdownlint.yml"],
];
