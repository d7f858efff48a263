// @ts-check
/**
 * @typedef {object} Frame
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 */

/**
 * Divides a frame into rectangles whose areas are proportional to the sizes, as square as may be: M. Bruls,
 * K. Huizing and J. van Wijk, "Squarified Treemaps" (2000).
 *
 * @param {readonly number[]} sizes above 0, the largest first
 * @param {Frame} frame
 * @returns {Frame[]} in the order of the sizes
 */
export function squarify(sizes, frame) {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const scale = total > 0 ? frame.width * frame.height / total : 0;
  /** @type {Frame[]} */
  const rectangles = [];
  let left = frame;
  for (let first = 0; first < sizes.length;) {
    const end = endOfRow(sizes, first, scale, Math.min(left.width, left.height));
    left = layRow(sizes.slice(first, end).map((size) => size * scale), left, rectangles);
    first = end;
  }
  return rectangles;
}

/**
 * Takes areas into the row along the shorter side as long as its worst shape gets no worse.
 *
 * @param {readonly number[]} sizes
 * @param {number} first
 * @param {number} scale
 * @param {number} side
 */
function endOfRow(sizes, first, scale, side) {
  const largest = (sizes[first] ?? 0) * scale;
  let end = first, area = 0, worst = Infinity;
  for (; end < sizes.length; end++) {
    const smallest = (sizes[end] ?? 0) * scale;
    const next = area + smallest;
    const ratio = Math.max(
      side * side * largest / (next * next),
      next * next / (side * side * smallest),
    );
    if (!(ratio <= worst) && end > first) break;
    area = next;
    worst = ratio;
  }
  return end;
}

/**
 * Lays a row along the shorter side, and gives the frame that is left.
 *
 * @param {number[]} areas
 * @param {Frame} frame
 * @param {Frame[]} rectangles what is added to
 * @returns {Frame}
 */
function layRow(areas, { x, y, width, height }, rectangles) {
  const area = areas.reduce((sum, one) => sum + one, 0);
  const isColumn = width >= height;
  const side = isColumn ? height : width;
  const depth = side > 0 ? Math.min(area / side, isColumn ? width : height) : 0;
  let along = 0;
  for (const one of areas) {
    const length = area > 0 ? side * one / area : 0;
    rectangles.push(
      isColumn
        ? { x, y: y + along, width: depth, height: length }
        : { x: x + along, y, width: length, height: depth },
    );
    along += length;
  }
  return isColumn
    ? { x: x + depth, y, width: width - depth, height }
    : { x, y: y + depth, width, height: height - depth };
}
