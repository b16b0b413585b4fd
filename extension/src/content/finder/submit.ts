// What a person would press to send a form. Pure.
//
// Everything that can be pressed gets points for what it is, what it says and where it is; the most points win, and what
// has too few is not pressed: then only Enter submits. It is looked for in the form first, and around it only where
// nothing in it will do, for a page may well put the button elsewhere.

import type { Purpose } from "./found.ts";
import { is_visible, type Look } from "./visible.ts";
import { contains, is_before, parent_of, type Tree } from "./walk.ts";

/** Fields that are sent together, in document order. */
export type Group = { fields: HTMLElement[]; form: HTMLFormElement | null; purpose: Purpose };

const CLICKABLE =
  "button,input:is([type=submit i],[type=image i],[type=button i]),a,[role=button i],[onclick],[tabindex='0']," +
  ":is(div,span,img,td,p,li):is([class*=btn i],[class*=button i],[class*=submit i],[id*=btn i],[id*=button i],[id*=submit i])";

const BUTTON = "button,input:is([type=submit i],[type=image i],[type=button i])";

/** What only its cursor shows to be clickable. */
const PLAIN = "div,span,img,td,p,li,b,i,font";

/** Fewer points are not enough to be pressed. */
const ENOUGH = 3;

/** More elements than this are not weighed around one form. */
const MOST = 300;

const LONGEST_WORDS = 60;

/** Log in, next, submit. */
const GO = new RegExp(
  "log.?[io]n|logon|sign.?[io]n|next|contin|submit|enter|proceed|^(ok|go)$|verif|confirm|unlock|access|" +
    "anmeld|logg|weiter|absend|bestatig|connexion|connect|suivant|valid|envoy|identifi|iniciar|acce[ds]|entra|ingres|siguiente|" +
    "envi|avanc|proxim|avanti|prosegui|invia|volgende|verder|doorgaan|nasta|neste|næste|fortsat|fortset|fortsæt|kirjaudu|jatka|" +
    "seuraava|zaloguj|dalej|kontynu|prihl|pokrac|dals|prijav|nastav|dalje|belep|bejelent|tovabb|conecta|autentif|giris|oturum|" +
    "devam|ileri|воити|вход|увіити|далее|далі|продол|продов|συνδεσ|εισοδ|συνεχ|επομεν|ログイン|サインイン|次へ|続|送信|登[录錄入陆]|下一步|继续|繼續|提交|" +
    "[確确]定|로그인|다음|계속|확인|دخول|التالي|متابعة|ورود|כניסה|התחבר|הבא|המשך|लॉग|साइन|เข้าสู่|ถัดไป|nhap|tiep|masuk|lanjut|berikut",
);

/** Open an account. */
const UP = new RegExp(
  "sign.?up|regist|create|join|enrol|new (account|customer|user)|neues? |konto (erstell|anleg)|inscri|cre[ea]r|cadastr|criar|" +
    "iscriv|crea |aanmaken|skapa|opret|luo |rekist|zaloz|zarejestr|utworz|vytvor|regisztr|kayit|uye ol|olustur|регистр|созда|" +
    "зареєстр|створ|εγγραφ|δημιουργ|登録|作成|新規|注册|註冊|创建|가입|만들|إنشاء|הרשמ|สมัคร|đang ky|daftar|buat ",
);

/** Send a new password. */
const CHANGE = new RegExp(
  "chang|save|updat|reset|set |ander|speicher|modif|enregist|sauveg|cambi|guard|alter|salv|wijzig|opslaan|spara|andra|gem|endre|" +
    "lagre|zmie|zapisz|zmen|uloz|modosit|ment|schimb|degist|kaydet|измен|сохран|змін|αλλαγ|変更|保存|更改|修改|변경|저장|تغيير|שינוי",
);

/** Something else than to send what was typed. */
const OTHER = new RegExp(
  "forg[eo]t|lost|recover|remind|cancel|back|help|show|hide|toggle|clear|close|search|resend|language|logo|log.?out|sign.?out|guest|" +
    "cookie|privacy|terms|menu|cart|vergess|abbrech|zuruck|such|hilfe|anzeig|schlie|oubli|annul|retour|recherch|aide|affich|ferm|olvid|" +
    "volver|atras|busc|ayuda|mostrar|cerrar|esquec|voltar|ajuda|pesquis|dimentic|indietro|cerca|mostra|chiud|vergeten|terug|zoek|tonen|" +
    "sluit|glomt|avbryt|tillbak|visa|glemt|tilba|unohd|peruut|takais|hae|nayta|zapomn|anuluj|wstecz|szukaj|pokaz|zapomen|zrus|zpet|hled|" +
    "zobraz|elfelej|megse|vissza|keres|uitat|anulea|inapoi|caut|unuttu|iptal|geri|goster|забы|отмен|назад|поиск|показ|помощ|ξεχασ|ακυρ|" +
    "πισω|αναζητ|忘|キャンセル|戻|検索|表示|取消|返回|搜索|显示|찾기|취소|뒤로|검색|نسيت|إلغاء|رجوع|بحث|שכחת|ביטול|חזר|חיפוש|ลืม|ยกเลิก|quen|huy|lupa|batal|kembali|cari",
);

/** Log in by somebody else's account or in another way. */
const SOCIAL =
  /google|facebook|apple|microsoft|twitter|linkedin|github|amazon|paypal|yahoo|wechat|weibo|\bqq\b|vkontakte|kakao|naver|\bline\b|passkey|\bsso\b|saml|oauth|openid|qr.?code|finger|social/;

/** Null where only Enter submits. */
export function find_submit(group: Group, tree: Tree, look: Look = new Map()): HTMLElement | null {
  let within: Element | null = group.form ?? around_all(group.fields);
  for (; within; within = parent_of(within)) {
    const pressable = choose(candidates(CLICKABLE, within, group, tree), group, look);
    if (pressable) return pressable;
    const plain = candidates(PLAIN, within, group, tree).filter((element) => !element.firstElementChild);
    const chosen = choose(plain, group, look, has_hand);
    if (chosen) return chosen;
  }
  return null;
}

/** The innermost element that has all fields in it. */
function around_all(fields: HTMLElement[]): Element | null {
  const last = fields.at(-1);
  let around = last ? parent_of(last) : null;
  while (around && !fields.every((field) => contains(around as Element, field))) around = parent_of(around);
  return around;
}

function candidates(selector: string, within: Element, group: Group, tree: Tree): HTMLElement[] {
  const outside =
    within === group.form ? [...group.form.elements].filter((element) => is_outside(element, within)) : [];
  return [...tree.all(selector, within), ...outside]
    .filter((element) => element instanceof HTMLElement)
    .filter((element) => !is_only_around(element, group))
    .slice(0, MOST);
}

/** A button that belongs to a form without being in it. */
function is_outside(element: Element, form: Element): boolean {
  return element.matches("button, input[type=submit i]") && !form.contains(element);
}

/** What has the fields in it, or another thing to press. */
function is_only_around(element: HTMLElement, { fields }: Group): boolean {
  if (!element.firstElementChild || element instanceof HTMLButtonElement) return false;
  return element.querySelector(BUTTON) !== null || fields.some((field) => contains(element, field));
}

function choose(
  elements: HTMLElement[],
  group: Group,
  look: Look,
  is_fit: (element: HTMLElement) => boolean = () => true,
): HTMLElement | null {
  const last = group.fields.at(-1) as HTMLElement;
  let after = 0;
  const weighed: [HTMLElement, number][] = [];
  for (const element of elements) {
    // What is not laid out is not worth weighing.
    if (element.offsetWidth === 0 && !is_image(element)) continue;
    const points = points_of(element, group, last, is_before(last, element) ? after++ : -1);
    if (points > ENOUGH) weighed.push([element, points]);
  }
  weighed.sort(([, one], [, other]) => other - one);
  return (
    weighed.find(([element]) => is_fit(element) && (is_image(element) || is_visible(element, look)))?.[0] ??
    null
  );
}

/** A picture that did not come has no size. */
function is_image(element: HTMLElement): boolean {
  return element instanceof HTMLInputElement && element.type === "image" && element.checkVisibility();
}

function has_hand(element: HTMLElement): boolean {
  return getComputedStyle(element).cursor === "pointer";
}

/** `place` counts what can be pressed between the last field and the element; -1 where the element is before the field. */
export function points_of(element: HTMLElement, group: Group, last: HTMLElement, place: number): number {
  const features = features_of(element, group, last, place);
  return WEIGHTS.reduce((sum, weight, at) => sum + weight * (features[at] ?? 0), 0);
}

const WEIGHTS = [3, 2, 1, 0.5, 1, 3, -3, -4, -4, 1.5, -2, 1, 1, 1, -0.5, 1, -3, -2, -1];

export function features_of(element: HTMLElement, group: Group, last: HTMLElement, place: number): number[] {
  const { form, purpose } = group;
  const type =
    element instanceof HTMLButtonElement || element instanceof HTMLInputElement ? element.type : "";
  const words = plain(words_of(element));
  const names = plain(names_of(element));
  const wanted = purpose === "sign-up" ? UP : purpose === "change-password" ? CHANGE : GO;
  const box = element.getBoundingClientRect();
  const field = last.getBoundingClientRect();
  const own = form_of(element);
  const short = words.length <= LONGEST_WORDS;
  const goes_away =
    element instanceof HTMLAnchorElement && !/^(#|javascript:|$)/.test(element.getAttribute("href") ?? "");
  return [
    +(type === "submit"),
    +(type === "image"),
    +(type === "button"),
    +(element.role === "button"),
    +(form !== null && own === form),
    +(short && (wanted.test(words) || (wanted !== GO && GO.test(words)))),
    +(short && wanted !== UP && UP.test(words)),
    +(wanted === CHANGE ? /cancel|back|help|show|hide|toggle|search/.test(words) : OTHER.test(words)),
    +SOCIAL.test(words),
    +GO.test(names),
    +(OTHER.test(names) || SOCIAL.test(names) || (wanted !== UP && UP.test(names))),
    +/btn|button|primary/.test(names),
    +(place >= 0),
    +(place === 0),
    Math.min(Math.max(place, 0), 6),
    +(box.top < field.bottom + 250 && box.bottom > field.top - 20),
    +(own !== null && own !== form),
    +goes_away,
    +!short,
  ];
}

function form_of(element: HTMLElement): HTMLFormElement | null {
  if (element instanceof HTMLButtonElement || element instanceof HTMLInputElement) return element.form;
  return element.closest("form");
}

function words_of(element: HTMLElement): string {
  const value = element instanceof HTMLInputElement ? `${element.value} ${element.alt}` : element.textContent;
  const image = element.querySelector("img")?.alt;
  return [value, image, element.getAttribute("aria-label"), element.title].filter(Boolean).join(" ");
}

function names_of(element: HTMLElement): string {
  return ["id", "name", "class", "onclick", "href", "src"]
    .map((name) => element.getAttribute(name) ?? "")
    .join(" ");
}

/** Small letters without accents. */
function plain(text: string): string {
  const small = text.trim().toLowerCase();
  if (/^[ -~]*$/.test(small)) return small;
  const bare = small.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return bare.normalize("NFC").replace(/\s+/g, " ");
}
