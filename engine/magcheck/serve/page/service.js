// Asks the endpoints of this service. Whatever it refuses is a Problem with the words of the service.
import { words } from "./words.js";

export class Problem extends Error {
  constructor(told) {
    super(told.detail);
    this.pointers = (told.errors ?? []).map((error) => error.pointer ?? "");
  }
}

export const next = (answers) => post("next-question", { answers });
export const screen = (profile) => post("screen", profile);
export const plan = (profile) => post("plan?detail=brief", profile);
export const drugs = async (typed) => (await json(`drugs?limit=8&q=${encodeURIComponent(typed)}`)).found;
export const handout = async (profile) => (await answered("handout", sent(profile))).text();

const post = (path, body) => json(path, sent(body));
const json = async (path, options) => (await answered(path, options)).json();
const sent = (body) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

async function answered(path, options) {
  let answer;
  try {
    answer = await fetch(path, { ...options, cache: "no-store", credentials: "same-origin" });
  } catch {
    throw new Problem({ detail: words.offline });
  }
  if (answer.ok) return answer;
  throw new Problem(await answer.json().catch(() => ({ detail: `${answer.status}` })));
}
