/**
 * Does something at once when told, and after that not more often than every `ms`: what was told
 * meanwhile is done once, at the end of the pause.
 */
export function everySoOften(ms: number, act: () => void): { tell(): void; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTold = false;
  const rest = () => {
    timer = undefined;
    if (isTold) tell();
  };
  const tell = () => {
    isTold = timer !== undefined;
    if (isTold) return;
    act();
    timer = setTimeout(rest, ms);
  };
  return { tell, end: () => clearTimeout(timer) };
}
