// One app at an origin of its own, with sessions behind it: a wrong password is refused, a right one gets in.

import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, type Asked, html, redirect } from "./answer.ts";
import type { App } from "./app.ts";
import { escapeHtml, page } from "./page.ts";
import { isCode } from "./totp.ts";

/** Somebody tried to sign in. */
export interface Attempt {
  user: string;
  ok: boolean;
}

interface Session {
  user: string;
  half: boolean;
}

export class Site {
  readonly name: string;
  readonly app: App;
  /** Who tried, oldest first. */
  readonly attempts: Attempt[] = [];
  /** The password that is right at this moment. */
  password: string;
  /** A second origin, for what an app keeps apart. */
  elsewhere = "";
  origin = "";
  #servers: Server[] = [];
  #sessions = new Map<string, Session>();

  private constructor(name: string, app: App) {
    this.name = name;
    this.app = app;
    this.password = app.account.password;
  }

  static async open(name: string, app: App, port = 0): Promise<Site> {
    const site = new Site(name, app);
    site.origin = await site.#listen(port);
    site.elsewhere = await site.#listen(port && port + 1);
    return site;
  }

  get login(): string {
    return this.origin + (this.app.login ?? "/login");
  }

  get greeting(): string {
    return this.app.greets ?? `Signed in as ${this.app.account.user}`;
  }

  /** Whether these are right, which is remembered as an attempt. */
  allows(user: string | null, password: string | null): boolean {
    const ok = user === this.app.account.user && password === this.password;
    this.attempts.push({ user: user ?? "", ok });
    return ok;
  }

  allowsCode(code: string | null): boolean {
    return isCode(this.app.account.seed ?? "", code ?? "");
  }

  /** Everybody is out, as after a night. */
  forgetSessions(): void {
    this.#sessions.clear();
  }

  /** As nobody has been here yet. */
  reset(): void {
    this.forgetSessions();
    this.attempts.length = 0;
    this.password = this.app.account.password;
  }

  close(): void {
    for (const server of this.#servers) server.close().closeAllConnections();
  }

  async #listen(port: number): Promise<string> {
    const server = createServer(async (request, response) => {
      const cookies: string[] = [];
      const { status, headers, body } = await this.#answer(request, cookies).catch((error: Error) =>
        html(`<pre>${escapeHtml(String(error.stack))}</pre>`, 500),
      );
      response.writeHead(status, cookies.length ? { ...headers, "set-cookie": cookies } : headers).end(body);
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #answer(request: IncomingMessage, cookies: string[]): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.origin);
    // Cookies know no ports: all apps are at one address, so each names its cookie.
    const cookie = `${this.name.replaceAll("-", "_").toUpperCase()}_ID`;
    const id = new RegExp(`\\b${cookie}=(\\w+)`).exec(request.headers.cookie ?? "")?.[1] ?? "";
    const session = this.#sessions.get(id);
    const asked: Asked = {
      method: request.method ?? "GET",
      path: pathname,
      query: searchParams,
      headers: request.headers as Record<string, string | undefined>,
      form: await readFields(request),
      user: session && !session.half ? session.user : undefined,
      half: session?.half ? session.user : undefined,
      site: this,
      begin: (user, how) => {
        const fresh = randomBytes(12).toString("hex");
        this.#sessions.set(fresh, { user, half: how === "half" });
        cookies.push(`${cookie}=${fresh}; Path=/; HttpOnly`);
      },
      end: () => {
        this.#sessions.delete(id);
        cookies.push(`${cookie}=; Path=/; Max-Age=0`);
      },
    };
    const route = this.app.routes[`${asked.method} ${pathname}`] ?? COMMON[`${asked.method} ${pathname}`];
    return route ? route(asked) : html("<h1>404 Not Found</h1>", 404);
  }
}

/** What every app has, unless it has its own. */
const COMMON: App["routes"] = {
  "GET /": ({ user, site }) => redirect(user ? "/home" : (site.app.login ?? "/login")),
  "GET /home": ({ user, site }) => (user ? html(home(user, site)) : redirect(site.app.login ?? "/login")),
  "POST /logout": (asked) => {
    asked.end();
    return redirect(asked.site.app.login ?? "/login");
  },
  "GET /favicon.ico": () => ({ status: 204, headers: {}, body: "" }),
};

function home(user: string, site: Site): string {
  return page({
    title: `${site.name} - Home`,
    body: `<h1>Welcome</h1><p id="who">${escapeHtml(site.app.greets ?? `Signed in as ${user}`)}</p>
    <form action="/logout" method="post"><button id="logout">Log out</button></form>`,
  });
}

async function readFields(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const isJson = request.headers["content-type"]?.startsWith("application/json");
  return new URLSearchParams(isJson ? (JSON.parse(body) as Record<string, string>) : body);
}
