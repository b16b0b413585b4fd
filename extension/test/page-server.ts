// A few pages on a server that remembers what was asked of it, word for word.

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = { method: string; url: string; headers: string[]; body: string };

export type PageServer = {
  origin: string;
  /** The same server under another name. */
  other_origin: string;
  /** Pages by path; what is not here is not found. */
  pages: Map<string, string>;
  asked: Asked[];
  close(): void;
};

export async function start_page_server(pages: Record<string, string>): Promise<PageServer> {
  const asked: Asked[] = [];
  const served = new Map(Object.entries(pages));
  const server = createServer(async (request, response) => {
    const { method = "", url = "", rawHeaders: headers } = request;
    asked.push({ method, url, headers, body: await body_of(request) });
    const { pathname } = new URL(url, "http://localhost");
    // A browser asks for it by itself, and writes into the page's console where it is not there.
    const page = pathname === "/favicon.ico" ? "" : served.get(pathname);
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(page ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    other_origin: `http://127.0.0.1:${port}`,
    pages: served,
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export async function body_of(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}
