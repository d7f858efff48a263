/** Reports in a real Chromium, without a network. */
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../../scripts/chromium.ts";

/** How a person looks at a page. */
export interface View {
  /** @default 1280 */
  width?: number;
  /** @default 900 */
  height?: number;
  /** @default "light" */
  theme?: "light" | "dark";
  /** @default true */
  javaScript?: boolean;
}

/** Opens a file, at a fragment where one follows it; the page is closed with the browser. */
export type Open = (file: string, view?: View) => Promise<Page>;

/** A fresh profile is made for each start, and removed. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const executablePath = await whole(await findChromium());

/** Playwright wants a path. */
async function whole(program: string): Promise<string> {
  if (program.includes("/")) return program;
  const { stdout } = await new Deno.Command("which", { args: [program] }).output();
  return new TextDecoder().decode(stdout).trim();
}

/**
 * Runs `test` in a browser of its own. It fails when a page writes to the console, throws, breaks its
 * own security policy or asks for anything but itself.
 */
export async function inBrowser(test: (open: Open) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
  const complaints: string[] = [];
  try {
    await test((file, view) => openPage(browser, file, (text) => complaints.push(text), view));
  } finally {
    await browser.close();
  }
  assert.deepEqual(complaints, []);
}

async function openPage(
  browser: Browser,
  file: string,
  complain: (text: string) => void,
  { width = 1280, height = 900, theme = "light", javaScript = true }: View = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    javaScriptEnabled: javaScript,
    // Or a test would have to wait until a page has scrolled.
    reducedMotion: "reduce",
    // A page that needs the network shows it by failing.
    offline: true,
  });
  const page = await context.newPage();
  const [path = "", ...fragment] = file.split("#");
  const url = pathToFileURL(path).href;
  page.on("console", (message) => complain(`console: ${message.text()}`));
  page.on("pageerror", (error) => complain(`thrown: ${error}`));
  page.on("dialog", (dialog) => {
    complain(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) complain(`request: ${request.url()}`);
  });
  await page.goto([url, ...fragment].join("#"));
  return page;
}
