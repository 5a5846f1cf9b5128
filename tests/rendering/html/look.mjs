// Opens pages in Chromium as a reader would, and says what is wrong with them, as JSON.
// usage: node look.mjs CHROMIUM PAGE.html ...     MAGCHECK_PICTURES=FOLDER keeps what was seen, as PNG and PDF.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
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
  { name: "print", width: 794, colorScheme: "dark", media: "print" },
];
const [executablePath, ...pages] = process.argv.slice(2);
const pictures = process.env.MAGCHECK_PICTURES;

async function read(browser, path) {
  const page = await browser.newPage();
  const heard = [];
  page.on("request", (request) => heard.push(`request ${request.url().slice(0, 60)}`));
  page.on("console", (message) => heard.push(`console ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`error ${error}`));
  await page.goto(pathToFileURL(path).href);
  heard.shift(); // the page itself
  const focus = await tabbed(page);
  await page.evaluate(AXE);
  const views = [];
  for (const view of VIEWS) views.push(await look(page, view, join(pictures ?? "", basename(path, ".html"))));
  const sides = await printed(page, join(pictures ?? "", basename(path, ".html")));
  await page.close();
  return { heard, focus, views, sides };
}

async function look(page, view, picture) {
  await page.setViewportSize({ width: view.width, height: 1000 });
  await page.emulateMedia({ media: view.media, colorScheme: view.colorScheme });
  const axe = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), RULES);
  const seen = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    cut: [...document.querySelectorAll("header *, main *, footer *")]
      .filter((one) => one.getBoundingClientRect().right > innerWidth)
      .map((one) => `${one.tagName.toLowerCase()} ${one.textContent.slice(0, 40)}`),
    background: getComputedStyle(document.documentElement).backgroundColor,
  }));
  if (pictures) await page.screenshot({ path: `${picture}-${view.name}.png`, fullPage: true });
  const found = (kind) => axe[kind].map(({ id, help, nodes }) => ({
    id, help, where: nodes.map((node) => node.target.join(" ")).slice(0, 5),
  }));
  return { view: view.name, violations: found("violations"), unsure: found("incomplete"),
    passes: axe.passes.map((one) => one.id), ...seen };
}

// Where does the Tab key lead, and is it seen?
async function tabbed(page) {
  const links = await page.locator("a[href]").count();
  const found = [];
  for (let stop = 0; stop < links; stop++) {
    await page.keyboard.press("Tab");
    found.push(await page.evaluate(() => {
      const here = document.activeElement;
      const style = getComputedStyle(here);
      return { place: [...document.querySelectorAll("a[href]")].indexOf(here), outline: `${style.outlineStyle} ${style.outlineWidth}` };
    }));
  }
  return found;
}

async function printed(page, picture) {
  await page.emulateMedia({ media: null, colorScheme: null });
  const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true });
  if (pictures) writeFileSync(`${picture}.pdf`, pdf);
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
}

const browser = await chromium.launch({ executablePath, args: QUIET });
const told = {};
for (const path of pages) told[basename(path, ".html")] = await read(browser, path);
await browser.close();
process.stdout.write(JSON.stringify(told));
