// Walks through the page in Chromium as one person does with the keyboard, and says what was seen, as JSON.
// usage: node walk.mjs CHROMIUM URL ANSWERS.json      MAGCHECK_PICTURES=FOLDER keeps what was seen, as PNG.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { opened, overflow, pictures, seenBy, everyView, withAxe } from "../../browser.mjs";

const MOST_QUESTIONS = 60;
const MOST_TABS = 60;
const [executablePath, url, told] = process.argv.slice(2);
const { name, answers } = JSON.parse(readFileSync(told, "utf8"));

// Presses Tab until the element that matches has the focus: the only way this person reaches anything.
async function reach(page, selector) {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) {
      const shown = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      if (shown !== "solid") throw new Error(`no visible focus at ${selector}`);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

async function press(page, selector, key = "Enter") {
  await reach(page, selector);
  await page.keyboard.press(key);
}

async function answer(page, text) {
  const options = await page.locator("#field input[type=radio]").evaluateAll((all) => all.map((option) => option.value));
  if (text === undefined) return press(page, "#unknown");
  if (!options.length) {
    await reach(page, "#answer");
    await page.keyboard.type(text);
    return press(page, "#form button[type=submit]");
  }
  await reach(page, "#field input[type=radio]");
  await page.keyboard.press("Space");
  for (let step = 0; step < options.indexOf(text); step++) await page.keyboard.press("ArrowDown");
  return press(page, "#form button[type=submit]");
}

// What cannot be read is said beside the field, which has the focus again.
async function misspelt(page, text) {
  await reach(page, "#answer");
  await page.keyboard.type(text);
  await press(page, "#form button[type=submit]");
  await page.waitForFunction(() => document.querySelector("#wrong").textContent);
  const seen = await page.evaluate(() => ({
    said: document.querySelector("#wrong").textContent,
    focused: document.activeElement.id,
    invalid: document.activeElement.getAttribute("aria-invalid"),
  }));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  return seen;
}

// The page asks; the path of each question is read from what it sends next.
async function converse(page, asked) {
  for (let number = 0; number < MOST_QUESTIONS && (await page.locator("#asking").isVisible()); number++) {
    const { path } = await page.evaluate(() => globalThis.lastQuestion);
    asked.push(path);
    if (path === "person.age") refused = await misspelt(page, "old");
    const standing = page.waitForResponse((response) => response.url().endsWith("/next-question"));
    await answer(page, answers[path]);
    await standing;
    await page.waitForFunction((old) => globalThis.lastQuestion?.path !== old, path);
    await page.waitForTimeout(50);
    if (!(await page.evaluate(() => globalThis.lastQuestion))) await page.waitForSelector("#result:not([hidden])");
  }
}

async function look(page, stage) {
  const seen = [];
  for (const view of everyView("light")) {
    const axe = await seenBy(page, view, 900, { reducedMotion: "reduce" });
    if (pictures) await page.screenshot({ path: join(pictures, `page-${name}-${stage}-${view.name}.png`), fullPage: true });
    seen.push({
      stage, view: view.name, passes: axe.passes.length,
      violations: axe.violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(" ")).slice(0, 4)}`),
      overflow: await overflow(page),
    });
  }
  await page.setViewportSize({ width: 1000, height: 900 });
  await page.emulateMedia({ media: "screen", colorScheme: "light", reducedMotion: "no-preference" });
  return seen;
}

const shown = (page) => page.evaluate(() => ({
  screen: document.querySelector("#screen").innerText,
  headline: document.querySelector("#screen .verdict h2")?.textContent,
  tags: [...document.querySelectorAll("#screen .tags strong")].map((tag) => tag.textContent),
  doses: [...document.querySelectorAll(".dose")].map((dose) => `${dose.getAttribute("aria-label")} ${dose.getAttribute("aria-valuetext")}`),
}));

async function rechecked(page, act) {
  const again = page.waitForResponse((response) => response.url().endsWith("/screen"));
  await act();
  await again;
  await page.waitForFunction(() => !document.querySelector("#screen").hasAttribute("aria-busy"));
  return shown(page);
}

// The last dose by the arrow keys two hours on, then by the mouse to where it was.
async function moved(page) {
  const last = (await page.locator(".dose").count()) - 1;
  if (last < 0) return null;
  const dose = page.locator(".dose").nth(last);
  const before = await dose.boundingBox();
  const byKeys = await rechecked(page, async () => {
    await dose.focus();
    for (let hour = 0; hour < 2; hour++) await page.keyboard.press("PageUp");
  });
  const now = await dose.boundingBox();
  const byMouse = await rechecked(page, async () => {
    await page.mouse.move(now.x + now.width / 2, now.y + now.height / 2);
    await page.mouse.down();
    await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2, { steps: 4 });
    await page.mouse.up();
  });
  return { byKeys, byMouse };
}

async function solved(page) {
  await page.locator("#solve").press("Enter");
  await page.waitForSelector("#solved p");
  await page.waitForFunction(() => !document.querySelector("#screen").hasAttribute("aria-busy"));
  return { ...(await shown(page)), said: await page.locator("#solved p").allTextContents() };
}

// Code and style that come from nowhere but the page itself are refused by its policy.
async function inline(page) {
  return page.evaluate(async () => {
    const refused = [];
    addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "globalThis.inlineRan = true";
    document.body.append(script);
    const style = document.createElement("style");
    style.textContent = "body { opacity: 0 }";
    document.body.append(style);
    await fetch("http://elsewhere.invalid/").catch(() => {});
    await new Promise((done) => setTimeout(done, 100));
    script.remove();
    style.remove();
    return { refused, ran: globalThis.inlineRan === true, opacity: getComputedStyle(document.body).opacity };
  });
}

async function handout(page) {
  const made = page.waitForResponse((response) => response.url().endsWith("/handout"));
  await page.locator("#make-handout").focus();
  await page.keyboard.press("Enter");
  await made;
  const frame = page.frameLocator("#paper");
  await frame.locator("footer").waitFor();
  const seen = {
    headline: await frame.locator("h1").textContent(),
    border: await frame.locator(".verdict").evaluate((verdict) => getComputedStyle(verdict).borderTopWidth),
  };
  if (pictures) await page.screenshot({ path: join(pictures, `page-${name}-handout.png`), fullPage: true });
  await page.locator("#close-handout").press("Enter");
  return seen;
}

async function storage(page) {
  const held = () => page.evaluate(() => ({ local: localStorage.length, session: sessionStorage.length, cookies: document.cookie }));
  const untold = await held();
  await page.locator("#keep").press("Enter");
  const asked = await held();
  await page.reload();
  await page.waitForSelector("#answers li");
  const again = await page.locator("#answers li").count();
  await page.locator("#delete").press("Enter");
  return { untold, asked, again, deleted: await held() };
}

const browser = await opened(executablePath);
const page = await (await browser.newContext({ bypassCSP: false })).newPage();
const requests = [], errors = [], asked = [];
let refused = null;
page.on("request", (request) => requests.push(request.url()));
page.on("pageerror", (error) => errors.push(`${error}`));
// Chromium itself writes a line for each answer that is a problem
page.on("console", (message) => message.type() === "error" && !message.text().includes("422") && errors.push(message.text()));
await page.addInitScript(() => {
  const ask = globalThis.fetch;
  globalThis.fetch = async (path, options) => {
    const answer = await ask(path, options);
    if (`${path}`.startsWith("next-question") && answer.ok) globalThis.lastQuestion = (await answer.clone().json()).question;
    return answer;
  };
});
await page.goto(url);
await page.waitForSelector("#asking:not([hidden])");
await withAxe(page);
const views = await look(page, "question");
await converse(page, asked);
const first = await shown(page);
views.push(...(await look(page, "report")));
const move = await moved(page);
const paper = await handout(page);
const day = await solved(page);
const heard = [...errors];
const policy = await inline(page);
const kept = await storage(page);
await browser.close();
process.stdout.write(JSON.stringify({ requests, errors: heard, asked, first, views, move, day, refused, paper, policy, kept }));
