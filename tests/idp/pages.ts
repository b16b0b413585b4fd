// The provider's pages: plain forms with labels, so that a browser is driven through them by role and name.

import type { ServerResponse } from "node:http";

interface PageContext {
  body: unknown;
  type: string;
}

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; background: #eef1f5; color: #1c2530; margin: 0; }
  main { max-width: 22rem; margin: 12vh auto; background: #fff; padding: 2rem; border-radius: 12px; }
  h1 { font-size: 1.4rem; margin: 0 0 1rem; }
  label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
  input { width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; border: 1px solid #8a94a0; border-radius: 6px; }
  button { font: inherit; width: 100%; padding: .6rem; margin-top: 1rem; border: 1px solid #1d4f91; border-radius: 6px;
           background: #1d4f91; color: #fff; cursor: pointer; }
  button.quiet { background: #fff; color: #1d4f91; }
  code { font-size: 1.6rem; letter-spacing: .1em; }
  [role=alert] { color: #a61b1b; }`;

export function login(uid: string, problem?: string): string {
  return page(
    "Sign in to Acme",
    `${alert(problem)}
    <form method="post" action="/interaction/${uid}/login" autocomplete="off">
      <label for="login">User name</label>
      <input id="login" name="login" autocomplete="off" autocapitalize="none" required autofocus>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="off" required>
      <button type="submit">Sign in</button>
    </form>
    ${cancel(uid)}`,
  );
}

export function consent(uid: string): string {
  return page(
    "Allow Lanyard?",
    `<p>Lanyard wants to know who you are (name and e-mail address) and to keep you signed in.</p>
    <form method="post" action="/interaction/${uid}/consent"><button type="submit">Allow</button></form>
    ${cancel(uid)}`,
  );
}

export async function codeEntry(
  ctx: PageContext,
  form: string,
  _out?: unknown,
  error?: Error,
): Promise<void> {
  // The provider's form has the input without a label: the label refers to it by the id given here.
  const labelled = form.replace('name="user_code"', 'id="user_code" name="user_code"');
  const problem =
    error && (error.name === "AbortedError" ? "The request was cancelled." : "This code is not valid.");
  ctx.body = page(
    "Connect a device",
    `${alert(problem)}<label for="user_code">Code shown on your device</label>${labelled}
    <button type="submit" form="op.deviceInputForm">Continue</button>`,
  );
}

export async function codeConfirmation(
  ctx: PageContext,
  form: string,
  _client: unknown,
  _device: unknown,
  userCode: string,
): Promise<void> {
  ctx.body = page(
    "Is this your device?",
    `<p>Lanyard shows this code:</p><p><code>${escaped(userCode)}</code></p>${form}
    <button type="submit" form="op.deviceConfirmForm">Yes, continue</button>
    <button type="submit" form="op.deviceConfirmForm" name="abort" value="yes" class="quiet">No, cancel</button>`,
  );
}

export async function success(ctx: PageContext): Promise<void> {
  ctx.body = page("You are signed in", "<p>Lanyard is connected. You can close this page.</p>");
}

export async function renderError(
  ctx: PageContext,
  out: { error?: string | undefined; error_description?: string | undefined },
): Promise<void> {
  ctx.type = "html";
  ctx.body = problem("This did not work", out.error_description ?? out.error ?? "");
}

export function problem(title: string, text: string): string {
  return page(title, alert(text));
}

export function send(response: ServerResponse, status: number, html: string): void {
  response
    .writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
    .end(html);
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>${body}</main></body>
</html>`;
}

function cancel(uid: string): string {
  return `<form method="post" action="/interaction/${uid}/cancel"><button type="submit" class="quiet">Cancel</button></form>`;
}

function alert(text?: string): string {
  return text ? `<p role="alert">${escaped(text)}</p>` : "";
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
