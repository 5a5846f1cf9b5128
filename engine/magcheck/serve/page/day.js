// The day as a picture: a line of 24 hours for each thing, doses that can be moved, hatched hours around others.
import { byId, element, words } from "./words.js";

const DAY = 1440;
const STEP = 15;
const KEYS = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -60, PageUp: 60 };

let shape = "";
let move = () => {};

// `moved(row, times)` is told of every new time; the picture is drawn again from what the service then says.
export function drawDay(hours, moved) {
  move = moved;
  byId("day").hidden = !hours.length;
  const now = JSON.stringify(hours.map((row) => [row.list, row.index, row.times.length]));
  if (now !== shape) build(hours);
  shape = now;
  hours.forEach((row, index) => update(byId("picture").querySelectorAll("li")[index], row));
}

function build(hours) {
  byId("picture").replaceChildren(element("ul", { className: "rows" }, ...hours.map(rowOf)));
}

function rowOf(row) {
  const drawn = byId("dose-row").content.cloneNode(true).firstElementChild;
  drawn.querySelector("h3").textContent = row.name;
  row.times.forEach((_, place) => {
    drawn.querySelector(".track").append(doseOf(row, place, drawn));
    drawn.querySelector(".clocks").append(clockOf(named(words.time, row, place), drawn, place));
  });
  if (!row.times.length) drawn.querySelector(".clocks").append(clockOf(named(words.newTime, row, 0), drawn, 0));
  return drawn;
}

// Several doses of one thing are told apart by their number.
function named(form, row, place) {
  return form.replace("#", row.times.length > 1 ? ` ${place + 1}` : "").replace("@", row.name);
}

function doseOf(row, place, drawn) {
  const dose = element("button", { type: "button", className: "dose" });
  const attributes = { role: "slider", "aria-label": named(words.dose, row, place), "aria-describedby": "day-help", "aria-valuemin": 0, "aria-valuemax": DAY - STEP };
  Object.entries(attributes).forEach(([name, value]) => dose.setAttribute(name, value));
  dose.addEventListener("keydown", (event) => {
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    change(drawn, place, clock(minutes(drawn.row.times[place]) + KEYS[event.key]));
  });
  dose.addEventListener("pointerdown", (event) => {
    dose.setPointerCapture(event.pointerId);
    dose.classList.add("held");
  });
  dose.addEventListener("pointermove", (event) => {
    if (dose.hasPointerCapture(event.pointerId)) change(drawn, place, under(event, drawn));
  });
  dose.addEventListener("lostpointercapture", () => dose.classList.remove("held"));
  return dose;
}

function under(event, drawn) {
  const line = drawn.querySelector(".track").getBoundingClientRect();
  const share = Math.min(1, Math.max(0, (event.clientX - line.left) / line.width));
  return clock(Math.min(DAY - STEP, Math.round((share * DAY) / STEP) * STEP));
}

function clockOf(label, drawn, place) {
  const input = element("input", { type: "time", step: 60 });
  input.addEventListener("change", () => input.value && change(drawn, place, input.value));
  return element("label", {}, element("span", { textContent: label }), input);
}

function change(drawn, place, time) {
  const times = [...drawn.row.times];
  if (times[place] === time || times.includes(time)) return;
  times[place] = time;
  drawn.row = { ...drawn.row, times };
  if (place < drawn.querySelectorAll(".dose").length) set(drawn, place, time, false);
  move(drawn.row, times);
}

// The service tells times in the order of the day; a dose that was moved past another one stays itself.
function inPlace(row, before) {
  const isSame = before?.times.length === row.times.length && row.times.every((time) => before.times.includes(time));
  return isSame ? { ...row, times: before.times } : row;
}

function update(drawn, told) {
  const row = inPlace(told, drawn.row);
  drawn.row = row;
  drawn.querySelector("p").textContent = row.read;
  const track = drawn.querySelector(".track");
  track.querySelectorAll(".shut").forEach((old) => old.remove());
  row.shut.forEach((span) => pieces(span).forEach((piece) => track.prepend(piece)));
  row.times.forEach((time, place) => set(drawn, place, time, row.too_close.includes(time)));
}

function set(drawn, place, time, isClose) {
  const dose = drawn.querySelectorAll(".dose")[place];
  dose.style.left = `${(minutes(time) / DAY) * 100}%`;
  dose.textContent = isClose ? "!" : "";
  dose.classList.toggle("close", isClose);
  dose.dataset.time = time;
  dose.setAttribute("aria-valuenow", minutes(time));
  dose.setAttribute("aria-valuetext", isClose ? `${time}, ${words.close}` : time);
  drawn.querySelectorAll(".clocks input")[place].value = time;
}

function pieces(span) {
  const [start, end] = [minutes(span.start), minutes(span.end)];
  const parts = start <= end ? [[start, end]] : [[start, DAY], [0, end]].filter(([first, last]) => first < last);
  return parts.map(([first, last]) => {
    const piece = element("span", { className: "shut" });
    piece.style.left = `${(first / DAY) * 100}%`;
    piece.style.width = `${((last - first) / DAY) * 100}%`;
    return piece;
  });
}

const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function clock(minute) {
  const within = (minute + DAY) % DAY;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}
