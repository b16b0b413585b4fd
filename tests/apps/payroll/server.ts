// A legacy app as they were written in 2004: a plain password form, sessions on the server, no idea of single sign-on.
//
//   node server.ts [--port 0]
//
// Accounts are alice/rabbit-hole and bob/looking-glass. Prints one line of JSON on stdout when it is ready, and ends
// when its stdin closes.
//
//   GET /admin/logins   who tried to sign in, oldest first

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import * as pages from "./pages.ts";
import { Sessions } from "./sessions.ts";

const accounts = new Map([
  ["alice", "rabbit-hole"],
  ["bob", "looking-glass"],
]);

const { values: options } = parseArgs({ options: { port: { type: "string", default: "0" } } });

const sessions = new Sessions();
const logins: { user: string; ok: boolean; time: string; user_agent: string }[] = [];

const server = createServer((request, response) => {
  route(request, response).catch(() => send(response, 500, pages.problem("Internal error")));
});
await new Promise<void>((resolve) => server.listen(Number(options.port), "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

process.stdin.on("close", () => process.exit(0)).resume();
process.stdout.write(`${JSON.stringify({ origin, login: `${origin}/login`, admin: `${origin}/admin` })}\n`);

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", origin);
  const user = sessions.user(request);
  switch (`${request.method} ${pathname}`) {
    case "GET /":
      return redirect(response, user ? "/payslips" : "/login");
    case "GET /login":
      return user ? redirect(response, "/payslips") : send(response, 200, pages.login());
    case "POST /login":
      return login(request, response);
    case "GET /payslips":
      return user ? send(response, 200, pages.payslips(user)) : redirect(response, "/login");
    case "POST /logout":
      sessions.end(request, response);
      return redirect(response, "/login");
    case "GET /favicon.ico":
      response.writeHead(204).end();
      return;
    case "GET /admin/logins":
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ logins }));
      return;
    default:
      return send(response, 404, pages.problem("Page not found"));
  }
}

async function login(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = await readForm(request);
  const user = form.get("txtUser") ?? "";
  const ok = accounts.has(user) && accounts.get(user) === form.get("txtPass");
  logins.push({ user, ok, time: new Date().toISOString(), user_agent: request.headers["user-agent"] ?? "" });
  // As such apps did it: the form again with a message, and the status of success.
  if (!ok) return send(response, 200, pages.login("Invalid user name or password.", user));
  sessions.begin(response, user);
  redirect(response, "/payslips");
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { location: to }).end();
}

function send(response: ServerResponse, status: number, html: string): void {
  response
    .writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
    .end(html);
}
