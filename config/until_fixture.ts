/**
 * Waits until something holds.
 * @throws {Error} After `ms`, so that a test fails rather than hangs.
 */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what = "it holds",
  ms = 30_000,
): Promise<void> {
  const end = performance.now() + ms;
  while (!await holds()) {
    if (performance.now() > end) throw new Error(`waited too long until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
