// A real OpenID provider for the demo and the end-to-end tests: oidc-provider with the device authorization grant,
// rotating refresh tokens and revocation, all of it in memory.
//
//   node server.ts --port 0 [--client-id lanyard-demo] [--device-code-ttl 600] [--access-token-ttl 300]
//     [--clock-offset 0]
//
// Prints one line of JSON on stdout when it is ready, and ends when its stdin closes.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import Provider, { type Configuration } from "oidc-provider";
import { findAccount, passwordFits } from "./accounts.ts";
import { Admin } from "./admin.ts";
import { handleInteraction } from "./interaction.ts";
import * as pages from "./pages.ts";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    "client-id": { type: "string", default: "lanyard-demo" },
    "device-code-ttl": { type: "string", default: "600" },
    "access-token-ttl": { type: "string", default: "300" },
    "clock-offset": { type: "string", default: "0" },
  },
});

// Seconds that its clock is ahead of everybody else's.
const { now } = Date;
Date.now = () => now() + Number(options["clock-offset"]) * 1000;

// oidc-provider prints its advice on stdout, which belongs to the line of JSON.
console.log = console.info = console.error;

const server = createServer();
await new Promise<void>((resolve) => server.listen(Number(options.port), "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const provider = new Provider(issuer, configuration());
const admin = new Admin(provider);
const oidc = provider.callback();
server.on("request", (request: IncomingMessage, response: ServerResponse) => {
  route(request, response).catch((error: Error) => {
    console.error(error);
    pages.send(response, 500, pages.problem("Something went wrong", error.message));
  });
});

process.stdin.on("close", () => process.exit(0)).resume();
process.stdout.write(
  `${JSON.stringify({ issuer, client_id: options["client-id"], admin: `${issuer}/admin` })}\n`,
);

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", issuer);
  if (url.pathname.startsWith("/admin/")) return admin.answer(request, response, url);
  if (url.pathname === "/token" && admin.takeFailure(response)) return;
  if (url.pathname.startsWith("/interaction/")) {
    return handleInteraction(provider, request, response, url.pathname, passwordFits);
  }
  await oidc(request, response);
}

function configuration(): Configuration {
  const ttl = Number(options["access-token-ttl"]);
  return {
    clients: [
      {
        client_id: options["client-id"],
        client_name: "Lanyard",
        application_type: "native",
        token_endpoint_auth_method: "none",
        grant_types: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
        response_types: [],
        redirect_uris: [],
        scope: "openid profile email offline_access",
      },
    ],
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      deviceFlow: {
        enabled: true,
        charset: "base-20",
        mask: "****-****",
        userCodeInputSource: pages.codeEntry,
        userCodeConfirmSource: pages.codeConfirmation,
        successSource: pages.success,
      },
    },
    scopes: ["openid", "profile", "email", "offline_access"],
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
    findAccount,
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    renderError: pages.renderError,
    rotateRefreshToken: true,
    issueRefreshToken: async (_, client, code) =>
      client.grantTypeAllowed("refresh_token") && code.scopes.has("offline_access"),
    ttl: {
      AccessToken: ttl,
      IdToken: ttl,
      DeviceCode: Number(options["device-code-ttl"]),
      RefreshToken: 86_400,
      Session: 86_400,
      Grant: 86_400,
      Interaction: 600,
    },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    jwks: { keys: [signingKey()] },
  };
}

function signingKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    ...privateKey.export({ format: "jwk" }),
    use: "sig",
    alg: "RS256",
    kid: randomBytes(8).toString("hex"),
  };
}
