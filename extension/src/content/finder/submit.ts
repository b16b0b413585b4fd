// What a person would press to send a form. Pure.
//
// Everything that can be pressed gets points for what it is, what it says and where it is; the most points win, and what
// has too few is not pressed: then only Enter submits. It is looked for in the form first, and around it only where
// nothing in it will do, for a page may well put the button elsewhere.

import type { Purpose } from "./found.ts";
import { attribute_of } from "./native.ts";
import { is_visible, type Look } from "./visible.ts";
import { around, BUTTONS, contains, is_before, parent_of, type Tree } from "./walk.ts";
import { plain, tells } from "./words.ts";

/** Fields that are sent together, in document order. */
export type Group = { fields: HTMLElement[]; form: HTMLFormElement | null; purpose: Purpose };

const CLICKABLE =
  `${BUTTONS},a,[role=button i],[onclick],[tabindex="0"]:not(input),` +
  ":is(div,span,img,td,p,li):is([class*=btn i],[class*=button i],[class*=submit i])";

/** What only its cursor shows to be clickable. */
const PLAIN = "div,span,img,td,p,li,b,i,font";

/** What may say which form it is of. A form's own list of its elements takes longer to make than this to be found. */
const OWN_BUTTONS = "button,input[type=submit i]";

/** Fewer points are not enough to be pressed. */
const ENOUGH = 3;

/** The most points for all but what an element is and where: what cannot come to more than another is not looked at. */
const MOST_BESIDE = 8;

/** More elements than this are not weighed at one level. */
const MOST = 300;

/** How many elements further out than the fields something to press may be. */
const MOST_LEVELS = 7;

/** What says more than this is a sentence, not a button. */
const LONGEST_WORDS = 60;

/** How far from the last field, in CSS pixels, a button may be that is not in its form. */
const FAR = 250;

// What words.ts has no class for: beginnings of words, and what may be anywhere where words are not set apart by spaces.

/** On to what comes next. */
const ON =
  /\b(?:next|contin|submit|enter|proceed|verif|(?:ok|go|ir|vai)$|confirm|access|weiter|fortf|absend|bestatig|suivant|valid|env[io]|siguien|avan[ct]|proxim|prosegu|invia|volgende|verder|doorgaan|nast|neste|forts|jatka|dal[es]|kontyn|pokrac|tovabb|devam|ileri|lanjut|tiep)|næste|далее|далі|прод[оа]|отправ|συνεχ|επομεν|次へ|続|送信|下一步|[继繼][续續]|提交|[確确]定|다음|계속|확인|التالي|متابعة|הבא|המשך|ถัดไป/;

/** Something else than to send what was typed. */
const OTHER =
  /\b(?:cancel|back\b|help|show|hide|toggle|clear|close|find\b|resend|language|guest|cookie|captcha|refresh|prev|menu\b|cart\b|abbrech|zuruck|hilfe|anzeig|zeigen|schlie|annul|retour|aide|affich|ferm|volver|ayuda|mostra|cerrar|voltar|ajuda|indietro|chiud|terug|tonen|sluit|avbryt|tillbak|visa\b|tilba|peru|nayta|anuluj|wstecz|pokaz|zrus|zpet|zobraz|megse|vissza|iptal|geri|goster|batal|kembali)|отмен|назад|показ|помощ|ακυρ|πισω|キャンセル|戻|表示|取消|返回|显示|취소|뒤로|إلغاء|رجوع|ביטול|ยกเลิก/;

/** What is never pressed: it ends the session or the account. */
const NEVER =
  /\b(?:delet|remov|deactiv|losch|supprim|elimin|excluir|borrar|usun|odstran|hapus|(?:log|sign) ?o(?:ut|ff)|logga ut|logg ut|abmeld|(?:se )?deconn|wylog|cerrar ses|sair\b|esci\b)|удал|выити|выход|[削删刪]除|ログアウト|退出|登出|삭제|로그아웃|حذف|خروج|מחק|התנתק|ลบ/;

/** Log in by somebody else's account or in another way. */
const SOCIAL =
  /google|facebook|apple|microsoft|twitter|linkedin|github|amazon|paypal|yahoo|wechat|weibo|\bqq\b|kakao|naver|passkey|\bsso\b|saml|openid|qr ?code/;

/** What pages call such things where nobody reads it. */
const CALLED_GO = /log.?[io]n|sign.?in|submit|next|contin|enviar|entrar|anmeld|connexion|acceder/;

/** Null where only Enter submits. */
export function find_submit(group: Group, tree: Tree, look: Look = new Map()): HTMLElement | null {
  const seen = new Set<Element>();
  let within: Element | null = group.form ?? around(group.fields);
  for (let level = 0; within && level < MOST_LEVELS; level += 1) {
    const inside: HTMLElement[] = tree.all(CLICKABLE, within);
    const clickable = [...nearest(inside, group), ...outside(inside, within, group, tree)];
    const chosen =
      choose(candidates(clickable, group, seen), group, look) ??
      choose(plain_candidates(within, group, tree, seen), group, look, has_hand);
    if (chosen) return chosen;
    within = parent_of(within);
  }
  return null;
}

/** Each is looked at once, at the innermost level. */
function candidates(elements: HTMLElement[], group: Group, seen: Set<Element>): HTMLElement[] {
  return elements
    .filter(is_pressable)
    .filter((element) => !seen.has(element) && seen.add(element) && !is_only_around(element, group));
}

function plain_candidates(within: Element, group: Group, tree: Tree, seen: Set<Element>): HTMLElement[] {
  return candidates(nearest(tree.all(PLAIN, within), group), group, seen).filter(is_leaf);
}

/** Buttons that belong to a form without being in it. All of the document is looked through, and hardly any form needs it. */
function outside(inside: HTMLElement[], within: Element, { form }: Group, tree: Tree): HTMLElement[] {
  if (form !== within || inside.some((element) => type_of(element) === "submit")) return [];
  return tree
    .all<HTMLButtonElement>(OWN_BUTTONS)
    .filter((button) => button.form === form && !contains(form, button));
}

function is_pressable(element: Element): element is HTMLElement {
  return element instanceof HTMLElement && !(element instanceof HTMLFormElement);
}

/** Those around the last field, of a page that has thousands. */
function nearest(elements: HTMLElement[], { fields }: Group): HTMLElement[] {
  const last = fields.at(-1);
  if (elements.length <= MOST || !last) return elements;
  let [from, to] = [0, elements.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (is_before(elements[middle] as HTMLElement, last)) from = middle + 1;
    else to = middle;
  }
  return elements.slice(Math.max(0, from - MOST / 3), from + (MOST * 2) / 3);
}

/** What has the fields in it, or another thing to press. */
function is_only_around(element: HTMLElement, { fields }: Group): boolean {
  if (!element.firstElementChild || element instanceof HTMLButtonElement) return false;
  return element.querySelector(BUTTONS) !== null || fields.some((field) => contains(element, field));
}

function is_leaf(element: HTMLElement): boolean {
  return !element.firstElementChild;
}

function has_hand(element: HTMLElement): boolean {
  return getComputedStyle(element).cursor === "pointer";
}

function choose(
  elements: HTMLElement[],
  group: Group,
  look: Look,
  is_fit: (element: HTMLElement) => boolean = () => true,
): HTMLElement | null {
  const last = group.fields.at(-1) as HTMLElement;
  const box = last.getBoundingClientRect();
  let after = 0;
  const placed = elements
    // What is not laid out is not worth weighing.
    .filter((element) => element.offsetWidth > 0 || is_image(element))
    .map((element) => ({
      element,
      least: of_type(element) + of_place(is_before(last, element) ? after++ : -1),
    }))
    .sort((one, other) => other.least - one.least);
  let chosen = null;
  let most = ENOUGH;
  for (const { element, least } of placed) {
    if (least + MOST_BESIDE <= most) break;
    const points = least + points_beside(element, group, box);
    if (points <= most || !is_fit(element) || !(is_image(element) || is_visible(element, look))) continue;
    [chosen, most] = [element, points];
  }
  return chosen;
}

/** What sends by itself, and what is made to be pressed. */
function of_type(element: HTMLElement): number {
  return ["button", "image", "submit"].indexOf(type_of(element)) + 1;
}

/** `place` counts what can be pressed between the last field and the element; -1 where the element is before the field. */
function of_place(place: number): number {
  return place < 0 ? 0 : (place === 0 ? 2 : 1) - Math.min(place, 6) / 3;
}

/** A picture that did not come has no size. */
function is_image(element: HTMLElement): boolean {
  return type_of(element) === "image" && element.checkVisibility();
}

/** Points for all else: at most `MOST_BESIDE`. */
function points_beside(element: HTMLElement, { form, purpose }: Group, last: DOMRect): number {
  const words = plain(words_of(element));
  if (NEVER.test(words)) return Number.NEGATIVE_INFINITY;
  const names = ["id", "name", "class"]
    .map((name) => attribute_of(element, name))
    .join(" ")
    .toLowerCase();
  const wanted = purpose === "sign-up" ? "up" : purpose === "change-password" ? "change" : "login";
  const own = form_of(element);
  const is_in_form = form !== null && own === form;
  const is_short = words.length <= LONGEST_WORDS;
  const is_near = is_close(element.getBoundingClientRect(), last);
  return (
    (attribute_of(element, "role") === "button" ? 0.5 : 0) +
    (is_in_form ? 1 : 0) +
    (is_short && (tells(words, wanted, "login") || ON.test(words)) ? 3 : 0) +
    (is_short && wanted !== "up" && tells(words, "up") ? -3 : 0) +
    (is_other(words, wanted) ? -4 : 0) +
    (SOCIAL.test(words) ? -4 : 0) +
    (CALLED_GO.test(names) ? 1.5 : 0) +
    (/btn|button|primary/.test(names) ? 1 : 0) +
    (is_near ? 1 : 0) +
    (!is_near && !is_in_form ? -2 : 0) +
    (own !== null && own !== form ? -3 : 0) +
    (goes_away(element) ? -2 : 0) +
    (words === "" && type_of(element) === "" ? -2 : 0)
  );
}

function is_other(words: string, wanted: string): boolean {
  if (OTHER.test(words) || tells(words, "forgot", "seek")) return true;
  return wanted === "login" && tells(words, "remember", "terms");
}

function is_close(button: DOMRect, field: DOMRect): boolean {
  return button.top < field.bottom + FAR && button.bottom > field.top - field.height;
}

function goes_away(element: HTMLElement): boolean {
  return element.localName === "a" && !/^(#|javascript:|$)/.test(attribute_of(element, "href") ?? "");
}

function type_of(element: HTMLElement): string {
  return is_button(element) ? element.type : "";
}

function form_of(element: HTMLElement): HTMLFormElement | null {
  return is_button(element) ? element.form : element.closest("form");
}

function is_button(element: HTMLElement): element is HTMLButtonElement | HTMLInputElement {
  return element instanceof HTMLButtonElement || element instanceof HTMLInputElement;
}

function words_of(element: HTMLElement): string {
  const value = element instanceof HTMLInputElement ? `${element.value} ${element.alt}` : element.textContent;
  const image = element.querySelector("img")?.alt;
  return [value, image, attribute_of(element, "aria-label"), element.title].filter(Boolean).join(" ");
}
