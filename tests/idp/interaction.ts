// Log-in and consent: what the provider leaves to its operator.

import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import * as pages from "./pages.ts";

type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;
type PasswordFits = (user: string, password: string) => string | undefined;

export async function handleInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  passwordFits: PasswordFits,
): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  const finish = (result: Parameters<Provider["interactionFinished"]>[2], mergeWithLastSubmission: boolean) =>
    provider.interactionFinished(request, response, result, { mergeWithLastSubmission });

  if (request.method === "GET") return ask(response, details);
  const form = await readForm(request);
  if (path.endsWith("/cancel")) {
    return finish({ error: "access_denied", error_description: "the person cancelled" }, false);
  }
  if (path.endsWith("/login")) {
    const accountId = passwordFits(form.get("login") ?? "", form.get("password") ?? "");
    if (accountId) return finish({ login: { accountId } }, false);
    return pages.send(response, 401, pages.login(details.uid, "User name or password is wrong. Try again."));
  }
  if (path.endsWith("/consent")) {
    return finish({ consent: { grantId: await grant(provider, details) } }, true);
  }
  pages.send(response, 404, pages.problem("Not found", "There is no such step."));
}

function ask(response: ServerResponse, details: Interaction): void {
  const page = details.prompt.name === "login" ? pages.login(details.uid) : pages.consent(details.uid);
  pages.send(response, 200, page);
}

async function grant(provider: Provider, details: Interaction): Promise<string> {
  const known = details.grantId ? await provider.Grant.find(details.grantId) : undefined;
  const grant =
    known ??
    new provider.Grant({ accountId: details.session?.accountId, clientId: String(details.params.client_id) });
  const missing = details.prompt.details as { missingOIDCScope?: string[]; missingOIDCClaims?: string[] };
  if (missing.missingOIDCScope) grant.addOIDCScope(missing.missingOIDCScope.join(" "));
  if (missing.missingOIDCClaims) grant.addOIDCClaims(missing.missingOIDCClaims);
  return grant.save();
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
