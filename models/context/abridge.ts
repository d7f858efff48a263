/**
 * The beginning and the end of a text, for a model that is to see again what it said.
 *
 * @param limit UTF-16 code units, about
 */
export function abridge(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, Math.ceil(limit * 0.7));
  const tail = text.slice(-Math.floor(limit * 0.3));
  return `${head}\n[…]\n${tail}`.toWellFormed();
}
