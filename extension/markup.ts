// The pages' markup: they differ in their script, and everything they show is drawn by it.

export const PAGES = [
  "popup",
  "choose",
  "welcome",
  "pair",
  "offer",
  "change",
  "options",
  "help",
  "security-key",
] as const;

export function markup(page: (typeof PAGES)[number]): string {
  return `<!doctype html>
<html class="${page}">
  <head>
    <meta charset="utf-8">
    <meta name="color-scheme" content="light dark">
    <meta name="viewport" content="width=device-width">
    <title>Lanyard</title>
    <link rel="stylesheet" href="look.css">
    <script defer src="${page}.js"></script>
  </head>
  <body></body>
</html>
`;
}
