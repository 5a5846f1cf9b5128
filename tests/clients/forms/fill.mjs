// People fill our Questionnaire in the form of somebody else; says what the form exports, and what our service answers.
// usage: node fill.mjs CHROMIUM FORM TOLD.json      FORM: lforms or smart. MAGCHECK_PICTURES=FOLDER keeps what was seen.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { opened, pictures } from "../../browser.mjs";

const [executablePath, name, told] = process.argv.slice(2);
const { url, people } = JSON.parse(readFileSync(told, "utf8"));
const form = await import(`./${name}.mjs`);
const FHIR = { "content-type": "application/fhir+json" };

// Top to bottom, as the form shows it. `entry`: in which medicine or product, from 0.
async function fill(page, items, answers, entry) {
  for (const item of items) {
    const key = entry === undefined ? item.linkId : item.linkId.split(".").pop();
    if (item.type === "group" && !item.repeats) await fill(page, item.item, answers, entry);
    else if (answers[key] === undefined) continue;
    else if (item.type === "group") await entries(page, item, answers[key]);
    else await form.answer(page, item, answers[key], entry);
  }
}

async function entries(page, group, listed) {
  for (const [number, answers] of listed.entries()) {
    if (number) await form.another(page, group, number);
    await fill(page, group.item, answers, number);
  }
}

async function filled(browser, questionnaire, person, title) {
  const page = await browser.newPage();
  const errors = [], outside = [];
  page.setDefaultTimeout(60_000);
  page.on("pageerror", (error) => errors.push(`${error}`));
  await page.route("**/*", (route) => served(route, outside));
  await page.goto("http://form.test/");
  await form.open(page, questionnaire, person.record ?? {});
  await fill(page, questionnaire.item, person.answers);
  if (pictures) await page.screenshot({ path: join(pictures, `${name}-${title}.png`), fullPage: true });
  const response = await form.exported(page);
  await page.close();
  return { response, errors, outside, ...(await checked(response)) };
}

// A page without a server: everything comes from the packages.
function served(route, outside) {
  const { hostname, pathname } = new URL(route.request().url());
  if (hostname === "form.test" && pathname === "/") return route.fulfill({ contentType: "text/html", body: form.PAGE });
  if (hostname === "form.test") return route.fulfill({ path: form.file(pathname) });
  outside.push(route.request().url());
  return route.abort();
}

async function checked(response) {
  const answer = await fetch(`${url}/fhir/check`, { method: "POST", headers: FHIR, body: JSON.stringify(response) });
  return { status: answer.status, answer: await answer.json() };
}

const questionnaire = await (await fetch(`${url}/questionnaire`)).json();
const browser = await opened(executablePath);
const seen = {};
for (const [title, person] of Object.entries(people)) seen[title] = await filled(browser, questionnaire, person, title);
await browser.close();
process.stdout.write(JSON.stringify(seen));
