// The report on screen, the day below it, the hours that the service finds, and the handout. All words are the service's.
import { drawDay } from "./day.js";
import { handout, plan, screen } from "./service.js";
import { byId, element, show } from "./words.js";

const WAIT_MS = 150;

let told = {};
let moved = {};
let latest = 0;
let waiting;
let report = () => {};

export function begin(tell) {
  report = tell;
  byId("solve").addEventListener("click", () => solve().catch(tell));
  byId("as-told").addEventListener("click", () => use(told));
  byId("make-handout").addEventListener("click", () => print().catch(tell));
  byId("print").addEventListener("click", () => byId("paper").contentWindow.print());
  byId("close-handout").addEventListener("click", () => {
    byId("handout").hidden = true;
    byId("make-handout").focus();
  });
  byId("paper").addEventListener("load", fit);
  addEventListener("beforeprint", () => (byId("more-steps").open = true)); // on paper nothing can be opened
}

export async function showReport(profile) {
  told = profile;
  byId("handout").hidden = true;
  byId("solved").replaceChildren();
  await use(profile);
  byId("result").hidden = false;
  byId("screen").querySelector(".verdict h2")?.focus();
}

async function use(profile) {
  clearTimeout(waiting);
  moved = profile;
  byId("handout").hidden = true;
  const asked = ++latest;
  byId("screen").setAttribute("aria-busy", "true");
  const answered = await screen(profile).then((shown) => () => draw(shown), (problem) => () => refuse(problem));
  if (asked !== latest) return; // a newer one is on its way
  byId("screen").removeAttribute("aria-busy");
  answered();
}

// An old report must not stand beside times that it is not about.
function refuse(problem) {
  byId("screen").replaceChildren();
  byId("changed").textContent = "";
  byId("more-steps").hidden = true;
  report(problem);
}

function draw(shown) {
  report(null);
  show(byId("screen"), shown.html);
  byId("screen").querySelector(".verdict h2").tabIndex = -1;
  show(byId("more-steps").querySelector("div"), shown.more_steps);
  byId("more-steps").hidden = !shown.more_steps;
  byId("more-count").textContent = byId("more-steps").querySelectorAll("div > p").length;
  byId("changed").textContent = shown.headline;
  drawDay(shown.hours, move);
}

function move(row, times) {
  moved = withTimes(moved, row, times);
  byId("screen").setAttribute("aria-busy", "true");
  clearTimeout(waiting);
  latest++; // what is still on its way is about other times
  waiting = setTimeout(() => use(moved), WAIT_MS);
}

function withTimes(profile, place, times) {
  const items = [...(profile[place.list] ?? [])];
  if (!(place.index in items)) return profile;
  const item = typeof items[place.index] === "string" ? { name: items[place.index] } : items[place.index];
  items[place.index] = { ...item, times };
  return { ...profile, [place.list]: items };
}

async function solve() {
  const found = (await plan(moved)).plan;
  const said = [found.said, ...found.conflict.map((part) => part.said), ...found.changes.map((change) => change.said),
    ...found.as_needed.map((needed) => needed.said), ...found.questions, ...found.notes];
  byId("solved").replaceChildren(...said.filter(Boolean).map((line) => element("p", { textContent: line })));
  if (found.entries.length) await use(solved(moved, found.entries));
}

function solved(profile, entries) {
  const times = new Map();
  for (const entry of entries) {
    for (const item of entry.items) {
      const key = JSON.stringify({ list: item.list, index: item.index });
      times.set(key, [...(times.get(key) ?? []), entry.time]);
    }
  }
  return [...times].reduce((changed, [key, own]) => withTimes(changed, JSON.parse(key), own), profile);
}

async function print() {
  byId("paper").srcdoc = await handout(moved);
  byId("handout").hidden = false;
  byId("handout-heading").focus();
}

function fit() {
  const inside = byId("paper").contentDocument?.documentElement;
  if (inside) byId("paper").style.height = `${inside.scrollHeight + 8}px`;
}
