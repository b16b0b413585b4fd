// Has the browser call a security key. What it answers is verified by the companion, not here.

import type { KeyTask } from "../../../crates/protocol/bindings/security_key.ts";
import type { Key } from "../words.ts";

/** The secret is apart, so that it goes the way of secrets and is in nothing that is kept. */
export type Used = { json: string; secret: string | null } | { trouble: Key };

/** The credential in JSON, and what the key gave where it was asked for; or why there is none. */
export async function use_key({ purpose, options }: KeyTask): Promise<Used> {
  if (!globalThis.PublicKeyCredential) return { trouble: "key_unsupported" };
  try {
    const asked = JSON.parse(options);
    const credential = await ("add" in purpose
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) }));
    return credential ? taken_apart(credential as PublicKeyCredential) : { trouble: "key_failed" };
  } catch (error) {
    return { trouble: trouble_of(error) };
  }
}

function taken_apart(credential: PublicKeyCredential): Used {
  const answer = credential.toJSON();
  const prf: { results?: { first?: string } } | undefined = answer.clientExtensionResults?.prf;
  const secret = prf?.results?.first ?? null;
  if (prf) delete prf.results;
  return { json: JSON.stringify(answer), secret };
}

/** Web Authentication, sections 5.1.3 and 5.1.4, name what can go wrong; much of it is one name, so that pages learn nothing. */
export function trouble_of(error: unknown): Key {
  return (error instanceof Error && TROUBLES[error.name]) || "key_failed";
}

const TROUBLES: Record<string, Key> = {
  NotAllowedError: "key_cancelled",
  AbortError: "key_cancelled",
  InvalidStateError: "key_known",
  NotSupportedError: "key_unsupported",
  SecurityError: "key_not_allowed",
};
