/** Those of `values` that begin with what was typed, whatever its case; first those that match exactly. */
export function valuesWith(values: readonly string[], typed: string): string[] {
  const start = typed.toLowerCase();
  const found = values.filter((value) => value.toLowerCase().startsWith(start));
  return [
    ...found.filter((value) => value.startsWith(typed)),
    ...found.filter((value) => !value.startsWith(typed)),
  ];
}
