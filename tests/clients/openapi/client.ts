// A program that knows our service by the generated types alone. It prints what it heard, as JSON.
// usage: client.js URL TOKEN URL_WITHOUT_RULES
import createClient from "openapi-fetch";
import type { components, paths } from "./magcheck";

type Problem = components["schemas"]["ProblemBody"];
type Report = components["schemas"]["Report"];

// Of every operation, the answers that are no success, and are not typed as a problem: there are none.
type Methods = "get" | "post";
type Fine = 200 | 304;
type Content<Answer> = Answer extends { content: infer Kinds } ? Kinds[keyof Kinds] : "untyped";
type Wrong<Operation> = Operation extends { responses: infer Answers }
  ? { [Status in keyof Answers]: Status extends Fine ? never : Content<Answers[Status]> extends Problem ? never : Status }[keyof Answers]
  : never;
type Untyped = { [Path in keyof paths]: { [Method in Methods]: Wrong<paths[Path][Method]> }[Methods] }[keyof paths];
const untyped: [Untyped] extends [never] ? "none" : Untyped = "none";

const [url, token, withoutRules] = process.argv.slice(2) as [string, string, string];
const headers = { authorization: `Bearer ${token}` };
const client = createClient<paths>({ baseUrl: url, headers });
const stranger = createClient<paths>({ baseUrl: url });

const isWhole = (report: Report | components["schemas"]["BriefReport"]): report is Report => "plan" in report;

async function report() {
  const { data, error } = await client.POST("/check", {
    body: {
      person: { age: 30 },
      medications: [{ name: "ciprofloxacin 500 mg", times: ["08:00"] }, "Zyntrexol 5 mg"],
      supplements: [{ name: "magnesium citrate", amount_mg: 200, basis: "elemental", times: ["08:30"] }],
    },
  });
  if (error) throw new Error(error.detail);
  const rules: string[] = data.findings.map((finding) => finding.rule);
  const unread: string[] = data.not_checked.map((entry) => entry.input);
  return { verdict: data.verdict, ok: data.ok, complete: data.complete, rules, unread, whole: isWhole(data) };
}

async function brief() {
  const { data } = await client.POST("/check", { params: { query: { detail: "brief" } }, body: {} });
  return data?.verdict;
}

async function cards() {
  const path = "/cds-services/magcheck-patient-view";
  const { data } = await client.POST(path, { body: { hook: "patient-view", context: { patientId: "p" }, prefetch: {} } });
  return data?.cards.map((card) => card.indicator);
}

async function drugs() {
  const { data } = await client.GET("/drugs", { params: { query: { q: "cipro" } } });
  return data?.found.map((suggestion) => suggestion.name);
}

const described = (problem: Problem | undefined) =>
  problem && { type: problem.type, status: problem.status, pointers: problem.errors?.map((one) => one.pointer ?? "") ?? [] };

const as = (kind: string) => ({ headers: { "content-type": kind }, bodySerializer: (body: unknown) => JSON.stringify(body) });

async function problems() {
  const asked = [
    stranger.POST("/check", { body: {} }),
    client.GET("/rules/{id}", { params: { path: { id: "no-such-page" } } }),
    client.POST("/check", { body: { conditions: ["x".repeat(1_200_000)] } }),
    client.POST("/check", { body: {}, ...as("text/plain") }),
    client.POST("/check", { body: { person: { age: 500 } } }),
    createClient<paths>({ baseUrl: withoutRules }).POST("/check", { body: {} }),
  ];
  const answers = await Promise.all(asked);
  return answers.map(({ error }) => described(error));
}

const heard = { untyped, report: await report(), brief: await brief(), cards: await cards(), drugs: await drugs(), problems: await problems() };
process.stdout.write(JSON.stringify(heard));
