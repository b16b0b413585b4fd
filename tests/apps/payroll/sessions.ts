// Sessions on the server; the browser holds a name for one in a cookie that ends with the browser.

import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const COOKIE = "PAYROLLSESSID";

export class Sessions {
  #users = new Map<string, string>();

  begin(response: ServerResponse, user: string): void {
    const id = randomBytes(16).toString("hex");
    this.#users.set(id, user);
    response.setHeader("set-cookie", `${COOKIE}=${id}; Path=/; HttpOnly`);
  }

  user(request: IncomingMessage): string | undefined {
    return this.#users.get(idOf(request));
  }

  end(request: IncomingMessage, response: ServerResponse): void {
    this.#users.delete(idOf(request));
    response.setHeader("set-cookie", `${COOKIE}=; Path=/; Max-Age=0`);
  }
}

function idOf(request: IncomingMessage): string {
  const cookies = (request.headers.cookie ?? "").split(/;\s*/);
  return cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? "";
}
