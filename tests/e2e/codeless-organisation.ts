// Writes the files of an organisation that has browsers connected without a code:
//
//   node codeless-organisation.ts /etc

import { administer } from "../apps/administer.ts";
import { extensionId } from "./chromium.ts";
import { EXTENSION_ID } from "./firefox.ts";

const codeless = { codeless_pairing: true };

administer({
  "lanyard/organisation.json": { name: "Acme", ...codeless },
  "chromium/policies/managed/lanyard.json": { "3rdparty": { extensions: { [extensionId()]: codeless } } },
  "firefox/policies/policies.json": {
    policies: { "3rdparty": { Extensions: { [EXTENSION_ID]: codeless } } },
  },
});
