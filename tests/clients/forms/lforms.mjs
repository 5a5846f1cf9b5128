// LHC-Forms, the form of the U.S. National Library of Medicine, answered with mouse and keyboard.
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../../node_modules/lforms/dist/lforms", import.meta.url));
const SCRIPTS = ["assets/lib/zone.min.js", "runtime.js", "polyfills.js", "main.js"];

export const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>LHC-Forms</title>
<link rel="stylesheet" href="webcomponent/styles.css"></head><body><div id="form"></div>
${SCRIPTS.map((script) => `<script src="webcomponent/${script}"></script>`).join("\n")}
<script src="fhir/R4/lformsFHIR.min.js"></script></body></html>`;

export const file = (path) => `${DIST}${path}`;

// `record`: the patient, and the resources that a search finds; a patient of whom nothing is known where there is none.
export async function open(page, questionnaire, record) {
  await page.evaluate(
    async ([form, { patient = { resourceType: "Patient" }, found = [] }]) => {
      const entry = found.map((resource) => ({ resource }));
      const request = async () => ({ resourceType: "Bundle", type: "searchset", total: entry.length, entry });
      LForms.Util.setFHIRContext({ getFhirVersion: async () => "4.0.1", request }, { patient });
      await LForms.Util.addFormToPage(form, "form", { prepopulate: true });
    },
    [questionnaire, record],
  );
  await page.waitForSelector("wc-lhc-form input");
}

export async function answer(page, item, value, entry) {
  for (const [number, one] of [value].flat().entries()) {
    if (number && item.type === "time") await page.locator(`[id^="add-${item.linkId}/${within(entry)}"]`).click();
    await single(page, item, one, question(page, item, entry, item.type === "time" ? number : 0));
  }
}

const within = (entry) => (entry === undefined ? "" : `${entry + 1}/`);

const question = (page, item, entry, number) => page.locator(`[id^="item-${item.linkId}/${within(entry)}"]`).nth(number);

async function single(page, item, value, shown) {
  if (item.type === "boolean") return shown.locator("label", { hasText: new RegExp(`^${value}$`) }).click();
  await typed(page, shown.locator("input").first(), value.value ?? value);
  if (!value.unit) return null;
  return typed(page, shown.locator("input").nth(1), value.unit);
}

async function typed(page, input, text) {
  await input.click();
  await page.keyboard.press("ControlOrMeta+A"); // over the unit that the form proposes
  await page.keyboard.type(text, { delay: 20 });
  if ((await input.getAttribute("role")) === "combobox") await chosen(page, text);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
}

// A list is shown below what is typed. Whoever finds the very words there goes to them; others keep their own.
async function chosen(page, text) {
  await page.evaluate(() => new Promise((done) => setTimeout(done, 200))); // the list waits less in the same queue
  const rows = await page.locator("#lhc-tools-searchResults:visible li").allTextContents();
  const row = rows.findIndex((shown) => shown.replace(/^\d+:\s*/, "").trim() === text);
  for (let step = 0; step <= row; step++) await page.keyboard.press("ArrowDown");
}

export async function another(page, group, number) {
  await page.locator(`[id="add-${group.linkId}/${number}"]`).click();
}

export const exported = (page) => page.evaluate(() => LForms.Util.getFormFHIRData("QuestionnaireResponse", "R4"));
