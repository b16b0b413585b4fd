// Writes the file of an organisation that names a domain for security keys:
//
//   node keys-organisation.ts /etc

import { administer } from "../apps/administer.ts";

administer({ "lanyard/organisation.json": { name: "Acme", security_keys: { domain: "acme.example" } } });
