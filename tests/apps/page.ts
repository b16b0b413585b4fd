// What pages of legacy apps have in common: the frame of a document, and looks of a few eras.

export interface Document {
  title: string;
  body: string;
  lang?: string;
  dir?: "rtl";
  head?: string;
  era?: keyof typeof ERAS;
  /** Pages of before 2008 had none that browsers kept to. */
  doctype?: string;
}

const FIELDS = "input:not([type=checkbox]):not([type=radio]):not([type=image]):not([type=submit])";

const ERAS = {
  tables: `body { margin: 0; background: #e4e4dc; font: 13px Verdana, "DejaVu Sans", sans-serif; color: #222; }
    body > :not(script) { margin: 24px; }
    h1, h2 { font: bold 20px Georgia, "DejaVu Serif", serif; color: #603; }
    table { border: 1px solid #998; background: #f7f7f0; padding: 12px; }
    ${FIELDS}, select { border: 2px inset #ccc; padding: 2px; font: inherit; width: 180px; }`,
  web2: `body { margin: 0; background: linear-gradient(#dbe9f6, #fff 240px); font: 14px Arial, "Liberation Sans", sans-serif; }
    body > :not(script) { margin: 30px auto; width: 420px; }
    h1, h2 { font-size: 22px; color: #2a5885; }
    form, .box { border: 1px solid #c3d3e5; border-radius: 6px; background: #fff; padding: 18px; box-shadow: 0 1px 3px #0002; }
    label { display: block; margin: 10px 0 3px; }
    ${FIELDS}, select { width: 94%; border: 1px solid #aab; border-radius: 4px; padding: 6px; font: inherit; }
    button, input[type=submit], .button { background: #3b73af; color: #fff; border: 0; border-radius: 4px; padding: 8px 16px; font: inherit; margin-top: 12px; cursor: pointer; }`,
  flat: `body { margin: 0; background: #f4f5f7; font: 16px system-ui, "DejaVu Sans", sans-serif; color: #172b4d; }
    body > :not(script) { box-sizing: border-box; max-width: 400px; margin: 48px auto; padding: 32px; background: #fff; border-radius: 3px; box-shadow: 0 2px 10px #0002; }
    h1, h2 { font-size: 24px; font-weight: 500; margin-top: 0; }
    label { display: block; font-size: 13px; font-weight: 600; margin: 14px 0 4px; }
    ${FIELDS}, select { box-sizing: border-box; width: 100%; border: 2px solid #dfe1e6; border-radius: 3px; padding: 9px; font: inherit; }
    button, input[type=submit], .button { width: 100%; background: #0052cc; color: #fff; border: 0; border-radius: 3px; padding: 10px; font: inherit; margin-top: 18px; cursor: pointer; }
    button:disabled { background: #dfe1e6; color: #889; }`,
};

/** Messages of a refusal. */
const ERROR =
  ".error { color: #b00020; font-weight: bold; } .error:empty { display: none; } [hidden] { display: none !important; }";

export function page({ title, body, lang = "en", dir, head = "", era = "web2", doctype }: Document): string {
  return `${doctype ?? "<!doctype html>"}
<html lang="${lang}"${dir ? ` dir="${dir}"` : ""}><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>${ERAS[era]} ${ERROR}</style>${head}</head>
<body>${body}</body></html>`;
}

export const HTML_4 =
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">';

/** A message of a refusal, where there is one. */
export function complaint(words?: string): string {
  return words ? `<p class="error">${escapeHtml(words)}</p>` : "";
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
