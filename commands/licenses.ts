import type { Command } from "commander";
import type { License } from "../assets/licenses.ts";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { toJson } from "../cli/sanitize.ts";
import { paletteOf } from "../cli/style.ts";

export function define(command: Command, app: App): void {
  command
    .option("--json", "as JSON")
    .action((flags: { json?: boolean }) => showLicenses(app, flags));
  addExamples(command, [
    ["devmcp licenses | less", "read them"],
    ["devmcp licenses --json", "for a list of what you ship"],
  ]);
}

async function showLicenses({ loadAsset, stdout }: App, { json }: { json?: boolean }) {
  const text = new TextDecoder().decode(await loadAsset("licenses.json"));
  const licenses: License[] = JSON.parse(text);
  if (json) return stdout.write(`${toJson({ version: 1, licenses }, 2)}\n`);
  const { strong } = paletteOf(stdout);
  const blocks = licenses.map(({ name, version, license, text }) => {
    const heading = [name, version, `(${license})`].filter(Boolean).join(" ");
    return `${strong(heading)}\n\n${text.trim()}\n`;
  });
  stdout.write(blocks.join("\n\n"));
}
