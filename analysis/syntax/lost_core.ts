let lost = false;

/** Says that tree-sitter's one core of this thread is of no use any more: its memory is full. */
export function loseCore(): void {
  lost = true;
}

/** Whether nothing can be parsed in this thread any more. */
export function isCoreLost(): boolean {
  return lost;
}
