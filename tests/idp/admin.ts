// What tests may see and disturb:
//
//   GET  /admin/events                     everything that happened, oldest first, and counts by type
//   POST /admin/fail?status=503&count=2    the next `count` requests to the token endpoint fail with `status`
//   POST /admin/revoke-grants              ends every sign-in, as an administrator would

import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";

interface Event {
  type: "device_authorization" | "poll" | "token" | "refresh" | "refresh_refused" | "revocation" | "failure";
  time: string;
  [detail: string]: unknown;
}

type Context = Parameters<Parameters<Provider["use"]>[0]>[0];

const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

export class Admin {
  #events: Event[] = [];
  #failures: number[] = [];
  #grants = new Set<string>();
  #provider: Provider;

  constructor(provider: Provider) {
    this.#provider = provider;
    provider.use(async (ctx, next) => {
      await next();
      this.#observe(ctx);
    });
  }

  takeFailure(response: ServerResponse): boolean {
    const status = this.#failures.shift();
    if (status === undefined) return false;
    this.#record("failure", { status });
    response.writeHead(status, { "content-type": "text/html" }).end("<h1>Out of order</h1>");
    return true;
  }

  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const action = `${request.method} ${url.pathname}`;
    if (action === "GET /admin/events")
      return json(response, { events: this.#events, counts: this.#counts() });
    if (action === "POST /admin/fail") {
      const status = Number(url.searchParams.get("status") ?? 503);
      const count = Number(url.searchParams.get("count") ?? 1);
      this.#failures = Array(count).fill(status);
      return json(response, { failing: count });
    }
    if (action === "POST /admin/revoke-grants")
      return json(response, { revoked: await this.#revokeGrants() });
    response.writeHead(404).end();
  }

  async #revokeGrants(): Promise<number> {
    for (const id of this.#grants) {
      await this.#provider.RefreshToken.revokeByGrantId(id);
      await this.#provider.AccessToken.revokeByGrantId(id);
      await (await this.#provider.Grant.find(id))?.destroy();
    }
    return this.#grants.size;
  }

  #observe(ctx: Context): void {
    const { oidc } = ctx;
    if (!oidc) return;
    if (oidc.route === "device_authorization" && ctx.status === 200) this.#record("device_authorization", {});
    if (oidc.route === "token") this.#observeToken(ctx);
    if (oidc.route === "revocation" && ctx.status === 200) {
      const found = oidc.entities.RefreshToken ?? oidc.entities.AccessToken;
      this.#record("revocation", { token: oidc.params?.token_type_hint ?? null, known: found !== undefined });
    }
  }

  #observeToken(ctx: Context): void {
    const grantType = ctx.oidc?.params?.grant_type;
    const error = ctx.status === 200 ? undefined : ctx.body?.error;
    const grant = ctx.oidc?.entities.Grant as unknown as { jti?: string } | undefined;
    if (!error && grant?.jti) this.#grants.add(grant.jti);
    if (grantType === DEVICE_CODE) {
      if (error) this.#record("poll", { error });
      else this.#record("token", { account: ctx.oidc?.entities.Account?.accountId });
    }
    if (grantType === "refresh_token") {
      if (error) this.#record("refresh_refused", { error });
      else this.#record("refresh", { account: ctx.oidc?.entities.Account?.accountId });
    }
  }

  #record(type: Event["type"], detail: Record<string, unknown>): void {
    this.#events.push({ type, time: new Date().toISOString(), ...detail });
  }

  #counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { type } of this.#events) counts[type] = (counts[type] ?? 0) + 1;
    return counts;
  }
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}
