// The field of one question: options to choose from, a line, or lines of a list with names to complete them.
import { drugs } from "./service.js";
import { byId, counted, element, words } from "./words.js";

const WAIT_MS = 200;
const SHORTEST = 2;
const MOST = 8;

export function drawField(question, before) {
  const place = byId("field");
  if (question.options.length) {
    place.replaceChildren(choices(question, before));
    return () => place.querySelector("input:checked")?.value ?? "";
  }
  const input = element(question.several ? "textarea" : "input", { id: "answer", value: before, autocomplete: "off" });
  input.spellcheck = false;
  input.setAttribute("aria-labelledby", "question");
  input.setAttribute("aria-describedby", "why hint wrong");
  const parts = [element("p", { id: "hint", className: "quiet", textContent: question.hint }), input];
  if (question.several) parts.push(...suggesting(input, question));
  place.replaceChildren(...parts);
  return () => input.value;
}

function choices(question, before) {
  const options = question.options.map((option, index) => {
    const input = element("input", { type: "radio", name: "answer", value: option, id: `option-${index}`, checked: option === before });
    return element("label", { className: "option", htmlFor: input.id }, input, element("span", { textContent: option }));
  });
  const group = element("fieldset", {}, ...options);
  group.setAttribute("aria-labelledby", "question");
  group.setAttribute("aria-describedby", "why wrong");
  return group;
}

function suggesting(input, question) {
  const list = element("ul", { className: "suggestions" });
  const told = element("p", { className: "unseen" });
  told.setAttribute("role", "status");
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => offer(input, question, list, told), WAIT_MS);
  });
  return [list, told];
}

async function offer(input, question, list, told) {
  const typed = lastPart(input.value);
  const found = typed.length < SHORTEST ? [] : await matching(typed, question);
  if (lastPart(input.value) !== typed) return;
  list.replaceChildren(...found.map((name) => element("li", {}, button(name, input, list))));
  told.textContent = found.length ? counted(words.suggestions, found.length) : "";
}

async function matching(typed, question) {
  const begun = typed.toLowerCase();
  if (question.suggestions.length) return question.suggestions.filter((name) => name.toLowerCase().includes(begun)).slice(0, MOST);
  try {
    return (await drugs(typed)).map((drug) => drug.name);
  } catch {
    return []; // to complete a name is a help only
  }
}

function button(name, input, list) {
  const made = element("button", { type: "button", textContent: name });
  made.addEventListener("click", () => {
    const typed = lastPart(input.value);
    input.value = input.value.slice(0, input.value.trimEnd().length - typed.length) + name;
    list.replaceChildren();
    input.focus();
  });
  return made;
}

const lastPart = (text) => text.split(/[,;\n]/).pop().trim();
