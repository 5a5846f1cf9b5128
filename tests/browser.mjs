// Chromium without its own calls home, and axe-core: what every look at a page needs.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const VIEWS = [
  { name: "light", width: 1000, colorScheme: "light", media: "screen" },
  { name: "dark", width: 1000, colorScheme: "dark", media: "screen" },
  { name: "narrow", width: 320, colorScheme: "dark", media: "screen" },
];

export const pictures = process.env.MAGCHECK_PICTURES;

// A page is read on a screen, bright and dark, on a phone, and on paper by somebody whose screen is `printed`.
export const everyView = (printed) => [...VIEWS, { name: "print", width: 794, colorScheme: printed, media: "print" }];

export const opened = (executablePath) => chromium.launch({ executablePath, args: QUIET });

export const withAxe = (page) => page.evaluate(AXE);

// What axe-core says of one view of a page that has it.
export async function seenBy(page, view, height, more = {}) {
  await page.setViewportSize({ width: view.width, height });
  await page.emulateMedia({ media: view.media, colorScheme: view.colorScheme, ...more });
  const rules = { "target-size": { enabled: view.media !== "print" } }; // nobody taps on paper
  const options = { runOnly: { type: "tag", values: RULES }, rules };
  return page.evaluate((chosen) => axe.run(document, chosen), options);
}

export const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
