// Opens pages in Chromium as a reader would, and says what is wrong with them, as JSON.
// usage: node look.mjs CHROMIUM PAGE.html ...     MAGCHECK_PICTURES=FOLDER keeps what was seen, as PNG and PDF.
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { opened, overflow, pictures, seenBy, everyView, withAxe } from "../../browser.mjs";

const [executablePath, ...pages] = process.argv.slice(2);

async function read(browser, path) {
  const page = await browser.newPage();
  const heard = [];
  page.on("request", (request) => heard.push(`request ${request.url().slice(0, 60)}`));
  page.on("console", (message) => heard.push(`console ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`error ${error}`));
  await page.goto(pathToFileURL(path).href);
  heard.shift(); // the page itself
  const focus = await tabbed(page);
  await withAxe(page);
  const views = [];
  for (const view of everyView("dark")) views.push(await look(page, view, join(pictures ?? "", basename(path, ".html"))));
  const sides = await printed(page, join(pictures ?? "", basename(path, ".html")));
  await page.close();
  return { heard, focus, views, sides };
}

async function look(page, view, picture) {
  const axe = await seenBy(page, view, 1000);
  const seen = await page.evaluate(() => ({
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
    passes: axe.passes.map((one) => one.id), overflow: await overflow(page), ...seen };
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

const browser = await opened(executablePath);
const told = {};
for (const path of pages) told[basename(path, ".html")] = await read(browser, path);
await browser.close();
process.stdout.write(JSON.stringify(told));
