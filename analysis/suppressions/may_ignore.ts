/** Cheap: whether a text may hold comments such as `devmcp: ignore[rule]`. */
export function mayIgnore(text: string): boolean {
  return /devmcp:\s{0,9}ignore/.test(text);
}
