import type { App } from "../../cli/app.ts";
import { renderMarkdown } from "../../cli/markdown_text.ts";
import { sanitizeLine } from "../../cli/sanitize.ts";
import type { Surface } from "./surface.ts";

/** The streams of a script: results on standard output, the rest on standard error. */
export function scriptSurface(
  { stdout, stderr }: Pick<App, "stdout" | "stderr">,
  print: (markdown: string) => void = (markdown) => stdout.write(renderMarkdown(markdown, stdout)),
): Surface {
  return {
    isInteractive: false,
    print,
    notice: (line) => stderr.write(`devmcp: ${sanitizeLine(line)}\n`),
    ask: () => Promise.resolve(undefined),
    clear() {},
    edit: () => Promise.resolve(undefined),
    setInput() {},
    copy: () => false,
  };
}
