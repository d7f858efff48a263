/** Lets all else that waits run first: the terminal shows what was typed meanwhile. */
export function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
