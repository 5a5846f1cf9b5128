// The conversation: one question after the other, everything told so far sent each time, nothing kept by the service.
import { drawField } from "./field.js";
import { forget, isKept, keep, kept } from "./memory.js";
import { begin, showReport } from "./result.js";
import { next, Problem } from "./service.js";
import { byId, counted, element, words } from "./words.js";

const state = { answers: [], labels: {}, before: {}, question: null, profile: {}, read: () => "" };

async function settle(answers) {
  try {
    return { answers, standing: await next(answers) };
  } catch (problem) {
    const index = problem instanceof Problem ? stale(problem, answers) : -1;
    if (index < 0) throw problem;
    return settle(answers.filter((_, place) => place !== index));
  }
}

// An answer to a question that is no longer put, because an earlier answer changed.
function stale(problem, answers) {
  const found = problem.pointers.map((pointer) => /^#\/answers\/(\d+)\/path$/.exec(pointer)).find(Boolean);
  return found && Number(found[1]) < answers.length ? Number(found[1]) : -1;
}

async function go(answers, { toReport = false, toHeading = true } = {}) {
  let settled;
  try {
    settled = await settle(answers);
  } catch (problem) {
    wrong(problem, answers);
    return;
  }
  tell(null);
  Object.assign(state, { answers: settled.answers, question: settled.standing.question, profile: settled.standing.profile });
  if (isKept()) keep(state);
  drawAnswers(settled.standing.echoes);
  if (state.question && !toReport) ask(settled.standing, toHeading);
  else await reported();
}

function wrong(problem, answers) {
  if (!(problem instanceof Problem) || answers.length <= state.answers.length || byId("asking").hidden) {
    tell(problem);
    return;
  }
  byId("wrong").textContent = problem.message;
  const field = byId("field").querySelector("#answer, input");
  field?.setAttribute("aria-invalid", "true");
  field?.focus();
}

function tell(problem) {
  byId("problem").textContent = problem?.message ?? "";
}

function ask({ question, more }, toHeading) {
  byId("asking").hidden = false;
  byId("result").hidden = true;
  byId("handout").hidden = true;
  byId("question").textContent = question.question;
  byId("why").textContent = question.why;
  byId("wrong").textContent = "";
  byId("unknown").textContent = question.empty;
  byId("back").hidden = !state.answers.length;
  byId("more").textContent = more ? counted(words.more, more) : words.last;
  state.labels[question.path] = question.label;
  state.read = drawField(question, state.before[question.path] ?? "");
  if (toHeading) byId("question").focus();
}

async function reported() {
  byId("asking").hidden = true;
  byId("ask-on").hidden = !state.question;
  await showReport(state.profile);
}

function answer(text) {
  state.before[state.question.path] = text;
  return go([...state.answers, { path: state.question.path, text }]);
}

function changeFrom(index) {
  for (const { path, text } of state.answers) state.before[path] = text;
  return go(state.answers.slice(0, index));
}

function drawAnswers(echoes) {
  byId("told").hidden = !state.answers.length;
  byId("answers").replaceChildren(...state.answers.map(({ path, text }, index) => {
    const row = byId("answer-row").content.cloneNode(true).firstElementChild;
    const label = state.labels[path] ?? path;
    row.querySelector(".label").textContent = label;
    row.querySelector(".text").textContent = text || words.unanswered;
    const own = echoes.filter((echo) => echo.path === path).map((echo) => `${echo.told}: ${words.read} ${echo.read}`);
    row.querySelector(".read").replaceChildren(...own.map((line) => element("li", { textContent: line })));
    row.querySelector("button").setAttribute("aria-label", `${row.querySelector("button").textContent}: ${label}`);
    row.querySelector("button").addEventListener("click", () => changeFrom(index));
    return row;
  }));
  const last = state.answers.at(-1)?.path;
  byId("heard").textContent = echoes.filter((echo) => echo.path === last).map((echo) => `${words.read} ${echo.read}`).join(". ");
}

function sayKept() {
  byId("kept").textContent = isKept() ? words.kept : words.notKept;
  byId("delete").hidden = !isKept();
  byId("keep").hidden = isKept();
}

function listen() {
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    answer(state.read());
  });
  byId("unknown").addEventListener("click", () => answer(""));
  byId("back").addEventListener("click", () => changeFrom(state.answers.length - 1));
  byId("report-now").addEventListener("click", () => go(state.answers, { toReport: true }));
  byId("ask-on").addEventListener("click", () => go(state.answers));
  byId("keep").addEventListener("click", () => {
    keep(state);
    sayKept();
    byId("delete").focus();
  });
  byId("delete").addEventListener("click", () => {
    forget();
    sayKept();
    byId("keep").focus();
  });
  byId("restart").addEventListener("click", () => {
    Object.assign(state, { before: {} });
    go([]);
  });
}

begin(tell);
listen();
sayKept();
const before = kept();
state.labels = before?.labels ?? {};
go(before?.answers ?? [], { toHeading: false });
