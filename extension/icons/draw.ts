// Draws the icons from the outline of the badge: filled, hollow, and with a lock. Run where a browser is; the pictures are
// kept in the repository.

import { writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const ACCENT = "#128a83";
const strap = '<path d="M6 1.5 10 7l4-5.5"/>';
const hollow = `<g stroke="#8a8a83">${strap}<rect x="4" y="7" width="12" height="11.5" rx="2.2"/><circle cx="10" cy="12" r="1.7"/><path d="M7.2 16.2c.6-1.2 1.6-1.7 2.8-1.7s2.2.5 2.8 1.7"/></g>`;
const filled = `<g stroke="${ACCENT}">${strap}<rect x="4" y="7" width="12" height="11.5" rx="2.2" fill="${ACCENT}"/></g><g stroke="#fff"><circle cx="10" cy="12" r="1.6" fill="#fff" stroke="none"/><path d="M7.2 16.2c.6-1.2 1.6-1.7 2.8-1.7s2.2.5 2.8 1.7"/></g>`;
const locked = `<g stroke="#b87514"><path d="M6.6 8.5V6a3.4 3.4 0 0 1 6.8 0v2.5"/><rect x="4" y="8.5" width="12" height="10" rx="2.2" fill="#b87514"/></g><path stroke="#fff" d="M10 12.3v2.6"/>`;

const browser = await chromium.launch({
  executablePath: "/usr/lib/chromium/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const page = await browser.newPage();
for (const [name, drawing] of Object.entries({ on: filled, off: hollow, locked })) {
  for (const size of [16, 32, 48, 128]) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>*{margin:0}svg{display:block}</style><svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 20 20" fill="none" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">${drawing}</svg>`,
    );
    const file = new URL(`${name}-${size}.png`, import.meta.url);
    await writeFile(file, await page.screenshot({ omitBackground: true }));
  }
}
await browser.close();
