// The page with the pictures of a walk.

import { basename } from "node:path";

export interface Shown {
  title: string;
  pictures: string[];
  seconds: number;
}

export function gallery(shown: Shown[]): string {
  const figures = shown.map(
    ({ title, pictures, seconds }, index) => `<figure>
${pictures.map((picture) => `<img src="${basename(picture)}" alt="">`).join("\n")}
<figcaption>${index + 1}. ${escapeHtml(title)} <small>${seconds.toFixed(1)} s</small></figcaption></figure>`,
  );
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Lanyard: the walk</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; color: #1c1c1a; background: #f6f6f4; margin: 2rem auto; max-width: 1280px; padding: 0 1rem; }
  figure { margin: 0 0 2.5rem; } img { width: 100%; border: 1px solid #e4e4df; border-radius: 8px; }
  figcaption { margin-top: .5rem; } small { color: #66665f; }
</style></head>
<body><h1>The walk</h1>
${figures.join("\n")}
</body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
