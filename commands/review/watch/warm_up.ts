import type { App } from "../../../cli/app.ts";
import { type LanguageId, languageOfName } from "../../../analysis/languages.ts";
import { isLarge } from "../../job_place.ts";
import { runJob } from "../../jobs.ts";
import type { FileInput } from "../review_job.ts";

/**
 * Loads what the files' languages need in this thread, while nobody waits: what was reviewed so far
 * came from workers or the cache.
 *
 * @returns whether all is loaded; false when the signal was aborted first
 */
export async function warmUp(
  app: App,
  inputs: readonly FileInput[],
  signal: AbortSignal,
): Promise<boolean> {
  const byLanguage = new Map<LanguageId, FileInput>();
  for (const input of inputs) {
    const language = input.language ?? languageOfName(input.path);
    if (language && !byLanguage.has(language) && !isLarge(input, app.cwd)) {
      byLanguage.set(language, input);
    }
  }
  const workspace = await app.openWorkspace(app.cwd);
  for (const input of byLanguage.values()) {
    if (signal.aborted) return false;
    await runJob({ kind: "review", styleGuide: "pep8", excerpts: true, ...input }, {
      ...app,
      workspace,
    });
    // What has changed meanwhile is to be heard of.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return !signal.aborted;
}
