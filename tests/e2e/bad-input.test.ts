// What goes wrong, and what the person is told: a sentence and what to do, an exit code, nothing lost, nothing hanging.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { frame } from "./frame.ts";
import { Host, newProfile } from "./host.ts";
import { lanyard, status } from "./lanyard.ts";
import { end, within } from "./process.ts";
import { events, startProvider } from "./provider.ts";
import { beginSignIn, decide } from "./sign-in.ts";
import { program } from "./stage.ts";
import { closeWindow } from "./window.ts";
import { Office } from "./world.ts";

const EXIT = { failed: 1, unavailable: 3, signed_out: 5, declined: 6, provider: 8, too_late: 11 };

let office: Office;

before(async () => {
  office = await Office.open();
});

after(() => office.close());

describe("the native host", () => {
  test("started by hand it says who starts it", async () => {
    const { code, stderr } = await runHost([]);
    assert.equal(code, 2);
    assert.match(stderr, /^error: .*browser.*\nhint: ./);
  });

  test("a foreign extension gets one refusal and nothing else", async () => {
    const host = new Host([`chrome-extension://${"p".repeat(32)}/`]);
    assert.equal(await within(5000, "the host ends", host.ended), 1);
    assert.equal(problemOf(host).code, "refused");
    assert.equal(host.news.length, 1);
  });

  test("garbage on stdin ends the connection and not the companion", async () => {
    await expectInvalid(Buffer.from([5, 0, 0, 0, ...Buffer.from("hello")]));
  });

  test("a frame longer than allowed is refused by its length alone", async () => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(88 * 1024 + 1);
    await expectInvalid(length);
  });

  test("a frame of 4 GB is refused by its length alone", async () => {
    await expectInvalid(Buffer.from([0xff, 0xff, 0xff, 0xff]));
  });

  test("half a frame and then the end is told, not answered", async () => {
    const host = new Host();
    host.write(frame({ pair: {} }).subarray(0, 10));
    assert.equal(await host.close(), 1);
    assert.equal(problemOf(host).code, "invalid");
    await expectCompanionLives();
  });

  test("a frame that comes in pieces is one frame", async () => {
    const host = new Host();
    assert.equal(await host.call(await newProfile()), "waits");
    const [message, second] = [frame({ pair: {} }), 3];
    host.write(message.subarray(0, second));
    host.write(message.subarray(second));
    await office.desktop.find({ role: "heading", name: "Connect Chromium?" }, 20_000);
    assert.equal(await host.close(), 0);
    await office.desktop.gone({ role: "heading", name: "Connect Chromium?" });
    await closeWindow(office.desktop, office.companion);
  });

  test("an unknown message is refused", async () => {
    await expectInvalid(frame({ read_everything: {} }));
  });

  test("an unknown field is refused", async () => {
    await expectInvalid(frame({ pair: { admin: true } }));
  });

  test("a request outside of the channel is refused, as is one of a browser that waits", async () => {
    const origin = "https://payroll.example";
    const asked = { tab: 1, frame: 0, document: "0", frame_origin: origin, top_origin: origin };
    const request = frame({ id: 1, request: { suggest: { frame: asked } } });
    await expectInvalid(request);
    const host = new Host();
    assert.equal(await host.call(await newProfile()), "waits");
    host.write(request);
    assert.equal(await within(5000, "the host ends", host.ended), 1);
    assert.equal(problemOf(host).code, "invalid");
  });

  test("without a companion it starts one", async () => {
    await end(office.companion);
    const host = new Host();
    assert.equal(await host.call(await newProfile()), "waits");
    await host.close();
    assert.equal((await status()).account, null);
    await stopStray();
    await office.restartCompanion();
  });

  test("after Quit it starts none and says so", async () => {
    await office.desktop.trayShows({ has: "Quit" });
    await office.desktop.choose("Quit");
    assert.equal(await within(5000, "the companion ends", office.companion.ended), 0);
    const host = new Host();
    assert.equal(await within(5000, "the host ends", host.ended), 1);
    assert.deepEqual([problemOf(host).code, problemOf(host).hint !== ""], ["unavailable", true]);
    const { code, stderr } = await lanyard(["status"]);
    assert.equal(code, EXIT.unavailable);
    assert.match(stderr, /^error: .*\nhint: ./);
    await office.restartCompanion();
  });
});

describe("a question", () => {
  test("is a no when its window is killed in the middle", async () => {
    await signIn();
    const host = new Host();
    await host.call(await newProfile());
    await host.connect();
    await office.desktop.find({ role: "heading", name: "Connect Chromium?" }, 20_000);
    await closeWindow(office.desktop, office.companion, "SIGKILL");
    await within(20_000, "the browser to be told", host.ended);
    const [told] = host.news as { not_now: { code: string } }[];
    assert.equal(told?.not_now.code, "declined");
    assert.equal((await status()).browsers, 0);
    assert.equal((await lanyard(["sign-out"])).code, 0);
  });
});

describe("a sign-in", () => {
  test("at an address where nobody listens", async () => {
    const nobody = await unusedPort();
    await expectProblem(signInAt(`http://127.0.0.1:${nobody}`), EXIT.provider, "provider");
  });

  test("at a web site that is no OpenID provider", async () => {
    const site = await serve((_, respond) => respond(200, "text/html", "<h1>Welcome</h1>"));
    await expectProblem(signInAt(site.issuer), EXIT.provider, "provider");
    site.close();
  });

  test("at a provider that says it is another one", async () => {
    const site = await serve((path, respond) =>
      path.endsWith("openid-configuration")
        ? respond(200, "application/json", JSON.stringify({ issuer: "https://elsewhere.example" }))
        : respond(404, "text/plain", ""),
    );
    await expectProblem(signInAt(site.issuer), EXIT.provider, "provider");
    site.close();
  });

  test("over plain HTTP to another machine is not begun", async () => {
    await expectProblem(signInAt("http://idp.example"), EXIT.failed, "invalid");
  });

  test("with a client id that the provider does not know", async () => {
    await expectProblem(signInAt(office.provider.issuer, "somebody-else"), EXIT.provider, "provider");
  });

  test("is not in the way of a vault that is still being opened", async () => {
    await end(office.companion);
    await office.startCompanion();
    const { user_code, ended } = await beginSignIn(at(office.provider));
    await decide(office.provider, user_code, "deny");
    assertEnded(await within(20_000, "the sign-in to be over", ended), EXIT.declined, "declined");
  });

  for (const [how, offset] of [
    ["behind", 86_400],
    ["ahead", -90_000],
  ] as const)
    test(`where the clock of the laptop is ${how}`, async () => {
      const elsewhen = await startProvider([`--clock-offset=${offset}`]);
      const { user_code, ended } = await beginSignIn(at(elsewhen));
      await decide(elsewhen, user_code, "approve");
      const over = await within(20_000, "the sign-in to be over", ended);
      assert.match(assertEnded(over, EXIT.provider, "provider").hint, /date and time of this computer/);
      assert.equal((await status()).account, null);
      await end(elsewhen);
    });

  test("that the person denies", async () => {
    const { user_code, ended } = await beginSignIn(at(office.provider));
    await decide(office.provider, user_code, "deny");
    assertEnded(await within(20_000, "the sign-in to be over", ended), EXIT.declined, "declined");
  });

  test("whose code expires", async () => {
    const hasty = await startProvider(["--device-code-ttl", "3"]);
    const { ended } = await beginSignIn(at(hasty));
    assertEnded(await within(20_000, "the sign-in to be over", ended), EXIT.too_late, "expired");
    await end(hasty);
  });

  test("goes on where the provider is down in mid-poll", async () => {
    const { user_code, ended } = await beginSignIn(at(office.provider));
    await fetch(`${office.provider.admin}/fail?status=503&count=1`, { method: "POST" });
    await decide(office.provider, user_code, "approve");
    const { code } = await within(40_000, "the sign-in to be over", ended);
    assert.equal(code, 0);
    assert.ok(
      (await events(office.provider)).some(({ type }) => type === "failure"),
      "the provider to have failed once",
    );
    assert.equal((await lanyard(["sign-out"])).code, 0);
  });
});

describe("signed out", () => {
  test("nothing is launched, listed or unlocked", async () => {
    for (const args of [["launch", "Payroll 2004"], ["unlock"], ["credentials", "list"]]) {
      const { code, stderr } = await lanyard(args);
      assert.ok([EXIT.signed_out, 4].includes(code), `lanyard ${args.join(" ")} ended with ${code}`);
      assert.match(stderr, /^error: .*\nhint: ./, args.join(" "));
    }
  });
});

async function expectInvalid(bytes: Uint8Array): Promise<void> {
  const host = new Host();
  host.write(bytes);
  const code = await within(5000, "the host ends", host.ended);
  assert.equal(code, 1);
  assert.equal(problemOf(host).code, "invalid", JSON.stringify(host.news));
  assert.ok(problemOf(host).hint.length > 0, "a hint");
  await expectCompanionLives();
}

async function expectCompanionLives(): Promise<void> {
  assert.equal(office.companion.process.exitCode, null);
  await status();
}

function problemOf(host: Host): { code: string; message: string; hint: string } {
  const [first] = host.news as { unavailable: { code: string; message: string; hint: string } }[];
  assert.ok(first?.unavailable, `the host to say why: ${JSON.stringify(host.news)} ${host.stderr}`);
  return first.unavailable;
}

async function runHost(args: string[]): Promise<{ code: number; stderr: string }> {
  return promisify(execFile)(program("lanyard-native-host"), args).then(
    ({ stderr }) => ({ code: 0, stderr }),
    (error: { code: number; stderr: string }) => ({ code: error.code, stderr: error.stderr }),
  );
}

async function signIn(): Promise<void> {
  const { user_code, ended } = await beginSignIn(at(office.provider));
  await decide(office.provider, user_code, "approve");
  assert.equal((await within(20_000, "the sign-in to be over", ended)).code, 0);
}

function at({ issuer, client_id }: { issuer: string; client_id: string }): string[] {
  return ["--issuer", issuer, "--client-id", client_id];
}

function signInAt(issuer: string, client_id = "lanyard-demo") {
  return lanyard(["sign-in", "--json", ...at({ issuer, client_id })]);
}

async function expectProblem(
  ended: ReturnType<typeof lanyard>,
  code: number,
  problem: string,
): Promise<void> {
  const { code: seen, stdout, stderr } = await within(30_000, "the sign-in to be over", ended);
  assertEnded(
    {
      code: seen,
      lines: stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
      stderr,
    },
    code,
    problem,
  );
}

function assertEnded(
  ended: { code: number; lines: unknown[]; stderr: string },
  code: number,
  problem: string,
): { message: string; hint: string } {
  const last = ended.lines.at(-1) as
    | { problem?: { code: string; message: string; hint: string } }
    | undefined;
  assert.equal(last?.problem?.code, problem, JSON.stringify(ended));
  assert.equal(ended.code, code);
  assert.ok(last?.problem?.message && last.problem.hint, "a sentence, and what to do");
  return last.problem;
}

/** Ends a companion that the native host started. */
async function stopStray(): Promise<void> {
  const { stdout } = await promisify(execFile)("pgrep", [
    "-u",
    String(process.getuid?.()),
    "-x",
    "lanyard-compani",
  ]);
  for (const pid of stdout.trim().split("\n")) process.kill(Number(pid), "SIGTERM");
  const gone = async () => {
    while ((await lanyard(["status"])).code !== EXIT.unavailable);
  };
  await within(5000, "the companion ends", gone());
}

type Respond = (status: number, type: string, body: string) => void;

async function serve(
  answer: (path: string, respond: Respond) => void,
): Promise<{ issuer: string; close(): void }> {
  const server = createServer((request, response) =>
    answer(request.url ?? "/", (status, type, body) => {
      response.writeHead(status, { "content-type": type }).end(body);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

async function unusedPort(): Promise<number> {
  const site = await serve(() => {});
  site.close();
  return Number(new URL(site.issuer).port);
}
