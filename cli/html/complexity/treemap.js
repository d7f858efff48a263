// @ts-check
import { layOut } from "./layout.js";

/** @typedef {import("./map_node.ts").MapNode} MapNode */
/** @typedef {import("./layout.js").Cell} Cell */

/** What colours tell: above which figures the next one begins. */
const SCALES = { worst: [0, 5, 10, 20, 30, 40], mean: [0, 2, 3, 5, 7, 10] };

const section = document.getElementById("map");
const data = document.getElementById("map-data");
if (section && data) showMap(section, JSON.parse(data.textContent ?? ""));

/**
 * @param {HTMLElement} section
 * @param {MapNode} root
 */
function showMap(section, root) {
  section.hidden = false;
  const map = /** @type {HTMLElement} */ (section.querySelector(".map"));
  const tip = /** @type {HTMLElement} */ (section.querySelector(".tip"));
  const crumbs = /** @type {HTMLElement} */ (section.querySelector(".crumbs"));
  const measure = textMeasure(map);
  /** @type {MapNode[]} */
  let path = [root];
  /** @type {"worst" | "mean"} */
  let by = "worst";
  /** @type {Cell[]} */
  let cells = [];
  let width = 0;
  /** @type {Cell | undefined} */
  let touched;

  const draw = () => {
    width = map.clientWidth;
    const height = width < 560
      ? Math.min(width * 1.35, 620)
      : Math.min(Math.max(width * 0.5, 400), 660);
    map.style.height = `${height}px`;
    cells = layOut(/** @type {MapNode} */ (path.at(-1)), { x: 0, y: 0, width, height });
    map.replaceChildren(
      ...cells.map((cell, index) => elementOf(cell, index, by, measure, pathOf(cell))),
    );
    map.firstElementChild?.setAttribute("tabindex", "0");
    crumbs.replaceChildren(...path.map((node, index) => crumbOf(node, index, path.length)));
    hideTip();
  };
  /** @param {Cell} cell */
  const pathOf = (cell) => [...path.slice(1), ...insideOf(cell)].map(({ name }) => name).join("/");
  /** @param {Cell} cell */
  const insideOf = (cell) => nodesTo(/** @type {MapNode} */ (path.at(-1)), cell.node);

  /** @param {MapNode[]} next */
  const open = (next) => {
    path = next;
    draw();
  };
  /** @param {Cell} cell */
  const zoom = (cell) => {
    if (!cell.top.children) return false;
    open([...path, cell.top]);
    return true;
  };
  const up = () => path.length > 1 && (open(path.slice(0, -1)), true);

  /**
   * @param {Cell} cell
   * @param {number} x
   * @param {number} y
   */
  const showTip = (cell, x, y) => {
    tip.replaceChildren(...tipOf(cell.node, pathOf(cell)));
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, x + 14), innerWidth - width - 8);
    const below = y + 18 + height + 8 < innerHeight;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${below ? y + 18 : Math.max(8, y - height - 12)}px`;
  };
  const hideTip = () => {
    tip.hidden = true;
    touched = undefined;
  };
  /** @param {EventTarget | null} target */
  const cellOf = (target) => {
    const element = target instanceof Element ? target.closest(".cell") : null;
    return element instanceof HTMLElement ? cells[Number(element.dataset.index)] : undefined;
  };

  map.addEventListener("pointermove", ({ target, clientX, clientY, pointerType }) => {
    if (pointerType === "touch") return;
    const cell = cellOf(target);
    if (cell) showTip(cell, clientX, clientY);
    else hideTip();
  });
  map.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && hideTip());
  map.addEventListener("click", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    const isTouch = /** @type {PointerEvent} */ (event).pointerType === "touch";
    // A finger has no hovering: the first tap tells, the second opens.
    if (isTouch && touched !== cell) {
      showTip(cell, event.clientX, event.clientY);
      touched = cell;
    } else if (!zoom(cell)) showTip(cell, event.clientX, event.clientY);
  });
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Node) || !map.contains(target)) hideTip();
  });
  addEventListener("scroll", hideTip, { passive: true });
  map.addEventListener("focusin", ({ target }) => {
    const cell = cellOf(target);
    if (!cell || !(target instanceof HTMLElement) || !target.matches(":focus-visible")) return;
    const { left, top, width, height } = target.getBoundingClientRect();
    showTip(cell, left + width / 2, top + Math.min(height / 2, 24));
  });
  map.addEventListener("focusout", hideTip);
  map.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = goOf(event.key, cell, cells);
    if (go) focusOn(go);
    else if (event.key === "Enter" || event.key === " ") zoom(cell) && focusOn(cells[0]);
    else if (event.key === "Backspace") up() && focusOn(cells[0]);
    else if (event.key === "Escape") tip.hidden ? up() && focusOn(cells[0]) : hideTip();
    else return;
    event.preventDefault();
  });
  /** @param {Cell | undefined} cell */
  const focusOn = (cell) => {
    const element = cell && map.children[cells.indexOf(cell)];
    if (!(element instanceof HTMLElement)) return;
    map.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    element.tabIndex = 0;
    element.focus({ preventScroll: false });
  };
  crumbs.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    open(path.slice(0, Number(target.dataset.index) + 1));
    focusOn(cells[0]);
    hideTip();
  });
  section.querySelector(".by")?.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    by = target.dataset.by === "mean" ? "mean" : "worst";
    for (const button of section.querySelectorAll(".by button")) {
      button.setAttribute("aria-pressed", `${button === target}`);
    }
    for (const legend of section.querySelectorAll(".legend")) {
      if (legend instanceof HTMLElement) legend.hidden = legend.dataset.by !== by;
    }
    draw();
  });
  new ResizeObserver(() => map.clientWidth !== width && draw()).observe(map);
  draw();
}

/**
 * @param {Cell} cell
 * @param {number} index
 * @param {"worst" | "mean"} by
 * @param {(text: string) => number} measure
 * @param {string} path
 */
function elementOf({ node, frame, depth, headed }, index, by, measure, path) {
  const element = document.createElement("div");
  const value = by === "worst" ? node.worst : meanOf(node);
  element.className = node.children
    ? "cell folder"
    : `cell r${binOf(value, SCALES[by], node.functions)}`;
  element.dataset.index = `${index}`;
  element.tabIndex = -1;
  element.setAttribute("role", "treeitem");
  element.setAttribute("aria-level", `${depth}`);
  if (node.children) element.setAttribute("aria-expanded", "true");
  element.setAttribute(
    "aria-label",
    [path || nameOf(node), ...factsOf(node).map((fact) => fact.join(" "))].join(", "),
  );
  const { style } = element;
  style.left = `${frame.x}px`;
  style.top = `${frame.y}px`;
  style.width = `${Math.max(frame.width - 1, 1)}px`;
  style.height = `${Math.max(frame.height - 1, 1)}px`;
  element.append(...labelsOf(node, frame, headed, by, measure));
  return element;
}

/**
 * What there is room for.
 *
 * @param {MapNode} node
 * @param {import("./squarify.js").Frame} frame
 * @param {boolean} headed
 * @param {"worst" | "mean"} by
 * @param {(text: string) => number} measure
 */
function labelsOf(node, { width, height }, headed, by, measure) {
  const room = width - 11;
  const name = nameOf(node);
  if (node.children) {
    const last = `…/${name.split("/").at(-1)}`;
    const fitting = headed ? [name, last].find((one) => measure(one) <= room) : undefined;
    return fitting ? [label(fitting)] : [];
  }
  if (height < 20) return [];
  const stem = name.replace(/\.[^.]+$/, "");
  const fitting = [name, stem].find((one) => measure(one) <= room);
  if (!fitting) return [];
  const value = by === "worst" ? `${node.worst}` : meanOf(node).toFixed(1);
  return height < 38 || node.functions === 0 ? [label(fitting)] : [label(fitting, value)];
}

/**
 * For the eye; the cell's name says more.
 *
 * @param {string} text
 * @param {string} [value] shown below it
 */
function label(text, value) {
  const element = span("label", text);
  if (value) element.dataset.value = value;
  return element;
}

/**
 * @param {string} className
 * @param {string} text
 */
function span(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

/** @param {MapNode} node */
function nameOf({ name, rest, files, children }) {
  const count = files.toLocaleString("en");
  if (rest) return `${count} small ${files === 1 ? "file" : "files"}`;
  return files === 1 || children ? name : `${name} (${count} files)`;
}

/** @param {MapNode} node */
function meanOf({ sum, functions }) {
  return functions === 0 ? 0 : sum / functions;
}

/**
 * @param {number} value
 * @param {readonly number[]} scale
 * @param {number} functions
 */
function binOf(value, scale, functions) {
  return functions === 0 ? 0 : Math.max(1, scale.filter((above) => value > above).length);
}

/**
 * @param {MapNode} node
 * @returns {[string, string][]}
 */
function factsOf(node) {
  const { lines, functions, worst, files } = node;
  /** @type {[string, string][]} */
  const facts = [
    ["lines", lines.toLocaleString("en")],
    ["functions", functions.toLocaleString("en")],
  ];
  if (files > 1) facts.unshift(["files", files.toLocaleString("en")]);
  if (functions > 0) {
    facts.push(["worst complexity", `${worst}`], ["mean complexity", meanOf(node).toFixed(1)]);
  }
  return facts;
}

/**
 * @param {MapNode} node
 * @param {string} path
 */
function tipOf(node, path) {
  const list = document.createElement("dl");
  for (const [name, value] of factsOf(node)) {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    const detail = document.createElement("dd");
    term.textContent = name;
    detail.textContent = value;
    row.append(term, detail);
    list.append(row);
  }
  return [
    span("path", node.rest ? `${path.replace(/[^/]*$/, "")}${nameOf(node)}` : path || nameOf(node)),
    list,
  ];
}

/**
 * @param {MapNode} node
 * @param {number} index
 * @param {number} count
 */
function crumbOf(node, index, count) {
  const name = node.name || "all";
  const item = document.createElement("li");
  const inner = index === count - 1 ? span("", name) : document.createElement("button");
  if (inner instanceof HTMLButtonElement) {
    inner.type = "button";
    inner.dataset.index = `${index}`;
    inner.textContent = name;
  } else inner.setAttribute("aria-current", "true");
  item.append(inner);
  return item;
}

/**
 * The nodes from below a folder down to one in it.
 *
 * @param {MapNode} folder
 * @param {MapNode} wanted
 * @returns {MapNode[]}
 */
function nodesTo(folder, wanted) {
  for (const one of folder.children ?? []) {
    if (one === wanted) return [one];
    const rest = one.children ? nodesTo(one, wanted) : [];
    if (rest.length > 0) return [one, ...rest];
  }
  return [];
}

/**
 * Where a key leads to: the nearest in its direction.
 *
 * @param {string} key
 * @param {Cell} from
 * @param {Cell[]} cells
 * @returns {Cell | undefined}
 */
function goOf(key, from, cells) {
  if (key === "Home") return cells[0];
  if (key === "End") return cells.at(-1);
  const [dx = 0, dy = 0] =
    { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key] ?? [0, 0];
  if (!dx && !dy) return undefined;
  const here = markOf(from);
  let best, least = Infinity;
  for (const cell of cells) {
    const there = markOf(cell);
    const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (cell === from || ahead <= 1) continue;
    const distance = ahead + 2 * aside;
    if (distance < least) [best, least] = [cell, distance];
  }
  return best;
}

/**
 * Of a folder its heading, of a file its middle.
 *
 * @param {Cell} cell
 */
function markOf({ node, frame: { x, y, width, height } }) {
  return {
    x: x + (node.children ? Math.min(width / 2, 30) : width / 2),
    y: y + (node.children ? Math.min(height / 2, 10) : height / 2),
  };
}

/**
 * How wide text is as a label.
 *
 * @param {HTMLElement} map
 */
function textMeasure(map) {
  const context = document.createElement("canvas").getContext("2d");
  if (context) context.font = `12px ${getComputedStyle(map).fontFamily}`;
  return (/** @type {string} */ text) =>
    context ? context.measureText(text).width : text.length * 7;
}
