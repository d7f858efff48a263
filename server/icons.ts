import type { Icon } from "@modelcontextprotocol/server";
import type { Effects } from "../tools/tool.ts";

const PROMPT =
  "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgAgMAAAAOFJJnAAAACVBMVEUAAAAlY+v///8LUJDzAAAAAXRSTlMAQObYZg" +
  "AAAGVJREFUeNpl0L0RgDAIBWAsHMF9HMFCLBjBfRwhhUyp/L3zkOq74yWBEC381k40sddKc2CLjvUAzvpCC+eVkJE47gpr" +
  "wUMGDxk85BdqB1oI47j2J2SIjhgjoZzoM//3wsr4hPqWB03AWKO11R/5AAAAAElFTkSuQmCC";

/** The server's own: a prompt on blue. */
export const SERVER_ICONS: Icon[] = [
  { src: `data:image/png;base64,${PROMPT}`, mimeType: "image/png", sizes: ["32x32"] },
];

/** What each effect looks like, on 24 by 24. */
const SHAPES: Record<Effects, string> = {
  none: "M4 6h16M4 12h16M4 18h10",
  model: "M4 5h16v11H10l-4 4v-4H4z",
  reads: "M10 4a6 6 0 100 12 6 6 0 000-12zM14.5 14.5L20 20",
  writes: "M4 20l1-4L16 5l3 3L8 19z",
  runs: "M7 4l12 8-12 8z",
};

/** A tool's icon, by what it does to the world. */
export function toolIcons(effects: Effects): Icon[] {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="${
    SHAPES[effects]
  }" fill="none" stroke="#2563eb" stroke-width="2"/></svg>`;
  const src = `data:image/svg+xml;base64,${btoa(svg)}`;
  return [{ src, mimeType: "image/svg+xml", sizes: ["any"] }];
}
