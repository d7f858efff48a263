/** How much of the end of a text must be one piece over and over, and how often, to count. */
const ENDS: [length: number, times: number][] = [[1_000, 5], [4_000, 4]];
const MOST = Math.max(...ENDS.map(([length]) => length));
/** The end is looked at anew after so many UTF-16 code units. */
const STRIDE = 200;

/**
 * Watches a text that grows for one that will not end: the same line or paragraph again and again.
 *
 * @returns takes the next piece; true once the text repeats itself
 */
export function watchRepetition(): (piece: string) => boolean {
  let end = "", unseen = 0;
  return (piece) => {
    end = (end + piece).slice(-MOST);
    unseen += piece.length;
    if (unseen < STRIDE) return false;
    unseen = 0;
    return ENDS.some(([length, times]) =>
      end.length >= length && shortestPeriod(end.slice(-length)) <= length / times
    );
  };
}

/** The length of the shortest piece that the text repeats, its last one cut perhaps (Knuth, Morris and Pratt). */
function shortestPeriod(text: string): number {
  const borders = new Uint16Array(text.length);
  for (let at = 1, border = 0; at < text.length; at++) {
    while (border > 0 && text[at] !== text[border]) border = borders[border - 1]!;
    if (text[at] === text[border]) border++;
    borders[at] = border;
  }
  return text.length - borders[text.length - 1]!;
}
