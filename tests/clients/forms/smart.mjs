// Smart Forms, the form of CSIRO, answered with mouse and keyboard. It is bundled here, as its embedders bundle it.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("smart_page.jsx", import.meta.url))],
  nodePaths: [fileURLToPath(new URL("../node_modules", import.meta.url))],
  bundle: true, write: false, minify: true, outdir: "/", jsx: "automatic", logLevel: "error",
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  loader: { ".woff": "empty", ".woff2": "empty" },
});
const script = outputFiles.find(({ path }) => path.endsWith(".js")).text.replaceAll("</script", "<\\/script");

export const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Smart Forms</title></head>
<body><div id="form"></div><script>${script}</script></body></html>`;

// A form of this kind is filled from a record by a server beside it; here the person answers everything.
export async function open(page, questionnaire) {
  await page.evaluate((form) => openForm(form), questionnaire);
  await page.waitForSelector("#form input");
}

const ADD = 'button[@data-test="button-add-repeat-item"]';

export async function answer(page, item, value, entry) {
  const [parent] = item.linkId.split(".");
  const around = entry === undefined ? page.locator("#form") : page.locator(`[data-linkid="${parent}"]`).nth(entry);
  const shown = around.locator(`[data-linkid="${item.linkId}"]`).first();
  for (const [number, one] of [value].flat().entries()) {
    if (number) await added(page, shown.locator(`xpath=.//${ADD}`));
    await single(page, item, one, shown, number);
  }
}

async function single(page, item, value, shown, row) {
  const field = shown.locator("input:visible, textarea:visible:not([aria-hidden])");
  if (item.type === "boolean") return shown.locator("label", { hasText: new RegExp(`^${value}$`) }).click();
  if (item.type === "time") return time(page, field.nth(row), value);
  if (item.type === "quantity") return quantity(page, shown, value);
  return typed(page, field.nth(row), value);
}

// It knows no seconds, and twelve hours.
async function time(page, field, clock) {
  const hour = Number(clock.slice(0, 2));
  await field.click();
  await page.keyboard.press("Home");
  await page.keyboard.type(`${String(hour % 12 || 12).padStart(2, "0")}${clock.slice(3, 5)}${hour < 12 ? "am" : "pm"}`);
  await settled(page);
}

async function quantity(page, shown, { value, unit }) {
  await typed(page, shown.locator('[id$="-input"]'), value);
  await typed(page, shown.locator('[id$="-unit"]'), unit);
}

// Whoever finds the very words in the list clicks them, before or after typing; others keep their own.
async function typed(page, field, text) {
  const same = page.getByRole("option", { name: text, exact: true });
  await field.click();
  await settled(page);
  if (!(await same.count())) await written(page, field, text);
  if (await same.count()) await same.first().click();
  else await page.keyboard.press("Tab");
  await settled(page);
}

// A list with words of one's own forgets letters, sometimes all of them, whenever the form draws its row anew. People
// see that, and write them again.
async function written(page, field, text) {
  for (let attempt = 0; attempt < 30; attempt++) {
    await field.click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(text, { delay: 20 });
    await settled(page);
    if ((await field.inputValue()) === text) return;
  }
  throw new Error(`the form does not keep ${text}`);
}

// It takes an answer over some time after the last key.
const settled = (page) => page.evaluate(() => new Promise((done) => setTimeout(done, 600)));

export async function another(page, group) {
  const last = `(//*[@data-linkid="${group.linkId}"])[last()]`;
  await added(page, page.locator(`xpath=${last}/following::${ADD}[not(ancestor::*[@data-linkid])]`).first());
}

async function added(page, button) {
  await button.click();
  await settled(page);
}

export async function exported(page) {
  await settled(page);
  return page.evaluate(() => globalThis.exported());
}
