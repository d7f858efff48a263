/** Whether a page can be read: what is too wide, too small or too pale, and what axe finds. */
import axe from "axe-core/axe.min.js" with { type: "text" };
import type { Page } from "playwright-core";

/** Everything that keeps a page from being read; nothing when it can be. */
export async function obstaclesOf(page: Page): Promise<string[]> {
  const wide = await page.evaluate<string[]>(TOO_WIDE);
  const unreadable = await page.evaluate<string[]>(UNREADABLE_TEXT);
  return [...wide, ...unreadable];
}

/** Serious and critical violations of WCAG 2.2 AA and good practice, as axe-core sees them. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return await page.evaluate<string[]>(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(" ")))`);
}

/** A page that scrolls sideways; what scrolls by itself may. */
const TOO_WIDE = `(() => {
  const { scrollWidth } = document.scrollingElement;
  if (scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > innerWidth + 1
  );
  const names = wide.slice(0, 5).map(({ tagName, className }) => tagName + "." + className);
  return ["wider than " + innerWidth + ": " + scrollWidth + " " + names.join(" ")];
})()`;

/**
 * Text of less than 12 px, or with less contrast than WCAG AA asks for: 4.5, and 3 for large text.
 * Colours are read by painting them, whatever they are written as.
 */
const UNREADABLE_TEXT = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (color) => {
    if (!known.has(color)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      known.set(color, [...canvas.getImageData(0, 0, 1, 1).data].map((value) => value / 255));
    }
    return known.get(color);
  };
  const over = ([r, g, b, a], under) =>
    [r, g, b].map((value, i) => value * a + under[i] * (1 - a));
  const backdrops = new Map();
  const backdrop = (element) => {
    if (!element) return over(rgba(getComputedStyle(document.documentElement).colorScheme === "dark"
      ? "#121212" : "#fff"), [1, 1, 1]);
    if (!backdrops.has(element)) {
      const own = rgba(getComputedStyle(element).backgroundColor);
      backdrops.set(element, over(own, own[3] === 1 ? [0, 0, 0] : backdrop(element.parentElement)));
    }
    return backdrops.get(element);
  };
  const luminance = (color) => color
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: element, data } = walker.currentNode;
    if (!data.trim() || /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(element.tagName)) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (element.closest(":disabled")) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const ratio = contrast(over(rgba(element.ownerSVGElement ? style.fill : style.color),
      backdrop(element)), backdrop(element));
    const large = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
    const name = element.tagName + "." + (element.className.baseVal ?? element.className);
    if (size < 12) found.set(name + " small", name + ": " + size + " px: " + data.trim().slice(0, 40));
    if (ratio < (large ? 3 : 4.5)) {
      found.set(name, name + ": contrast " + ratio.toFixed(2) + ": " + data.trim().slice(0, 40));
    }
  }
  return [...found.values()].slice(0, 20);
})()`;
