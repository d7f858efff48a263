// @ts-check
import { squarify } from "./squarify.js";

/** @typedef {import("./squarify.js").Frame} Frame */
/** @typedef {import("./map_node.ts").MapNode} MapNode */
/**
 * @typedef {object} Cell
 * @property {MapNode} node
 * @property {Frame} frame
 * @property {number} depth 1 for what is in the folder that is looked at
 * @property {MapNode} top what of that folder it is, or is in
 * @property {boolean} headed whether there is room for a folder's name
 */

const HEADING = 20;
const GAP = 2;
/** A folder that is smaller has no heading; what is smaller yet is not laid. */
const HEADED = { width: 48, height: 46 };
const LEAST = 2;

/**
 * Lays what is in a folder, and in the folders in it: each before what it holds.
 *
 * @param {MapNode} folder
 * @param {Frame} frame
 * @returns {Cell[]}
 */
export function layOut(folder, frame) {
  /** @type {Cell[]} */
  const cells = [];
  layIn(folder, frame, 1, undefined, cells);
  return cells;
}

/**
 * @param {MapNode} folder
 * @param {Frame} frame
 * @param {number} depth
 * @param {MapNode | undefined} top
 * @param {Cell[]} cells what is added to
 */
function layIn({ children = [] }, frame, depth, top, cells) {
  const frames = squarify(children.map(({ lines }) => Math.max(lines, 1)), frame);
  children.forEach((node, index) => {
    const own = /** @type {Frame} */ (frames[index]);
    if (own.width < LEAST || own.height < LEAST) return;
    const headed = own.width >= HEADED.width && own.height >= HEADED.height;
    const cell = { node, frame: own, depth, top: top ?? node, headed };
    cells.push(cell);
    if (node.children) layIn(node, within(own, headed), depth + 1, cell.top, cells);
  });
}

/**
 * @param {Frame} frame
 * @param {boolean} headed
 */
function within({ x, y, width, height }, headed) {
  const gap = Math.min(GAP, width / 8, height / 8);
  const head = headed ? HEADING : gap;
  return { x: x + gap, y: y + head, width: width - 2 * gap, height: height - head - gap };
}
