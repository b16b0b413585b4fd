// A native messaging host for tests: speaks the real protocol on stdio, and asks the test over a socket what to answer.
// What the test writes to the socket goes to the browser, and the other way round, one JSON per line.
//
// argv: socket path. Started by the browser through a small shell script (extension-browser.ts).

import { createConnection } from "node:net";

const socket = createConnection(process.argv[2] ?? "");
let from_browser = Buffer.alloc(0);
let from_test = "";

process.stdin.on("data", (chunk: Buffer) => {
  from_browser = Buffer.concat([from_browser, chunk]);
  for (;;) {
    if (from_browser.length < 4) return;
    const end = 4 + from_browser.readUInt32LE(0);
    if (from_browser.length < end) return;
    socket.write(`${from_browser.toString("utf8", 4, end)}\n`);
    from_browser = from_browser.subarray(end);
  }
});
process.stdin.on("end", () => socket.end());

socket.on("data", (chunk: Buffer) => {
  from_test += chunk.toString("utf8");
  for (let end = from_test.indexOf("\n"); end >= 0; end = from_test.indexOf("\n")) {
    const line = Buffer.from(from_test.slice(0, end), "utf8");
    from_test = from_test.slice(end + 1);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(line.length);
    process.stdout.write(Buffer.concat([length, line]));
  }
});
socket.on("close", () => process.exit(0));
socket.on("error", () => process.exit(1));
