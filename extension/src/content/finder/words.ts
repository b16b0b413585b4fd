// Words by what they are evidence of, in some twenty languages. Pure.
//
// A word is here as far as it is the same in all its forms. What says most, such as signing in and up and whether a password is
// old, new or repeated, is here in all of the languages; what says less, in those that most pages are in.

const SIGNS = {
  login: said(
    "log ?[io]n|sign ?[io]n|a?anmeld|e?inlogg|logga? in|conne[cx]|identifi|inicia|acced|acess|entra[r ]|entre |ingres|kirjaud|zaloguj|logow|" +
      "prihlas|prijav|belep|bejel|conect|autentif|giris|oturum|masuk|[dđ]ang nhap",
    "воити|вх[оі]д|авториз|увіити|συνδεσ|εισοδ|ログイン|サインイン|登[录錄入陆]|로그인|دخول|ورود|כניס|התחבר|เข้าสู|लॉग इन",
  ),
  up: said(
    "sign ?up|reg|join|enrol|new (?:account|customer|user|member)|subscri|konto (?:erst|anl)|neukund|inscri|cre[ae]|criar|cadastr|iscriv|" +
      "aanmak|skapa|tilmeld|opp?ret|rekist|za[lł]oz|zarej|utw|vytvor|kay[iı]t|uye ol|hesap ol|(?:men|pen)?daftar|buat |tao tai|[dđ]ang ky|get started|free trial|activat|membro",
    "регистр|созда|реєстр|створ|εγγραφ|δημιουργ|登録|新規|[注註]册|註冊|创建|가입|회원|إنشاء|تسجيل|ثبت نام|הרשמ|สมัคร|ลงทะ",
  ),
  change: said(
    "chang|updat|reset|save|edit|profile|settings|ander[nu]|zuruckse|speicher|modif|enregis|reinit|cambi|guarda|restabl|actuali|altera|" +
      "salv|spara|zapis|redefin|wijzig|opslaan|lagre|zmie?n|degistir|kaydet|simpan",
    "измен|сохран|смен|зміни|変更|保存|再設定|修改|更改|重[置设設]|변경|재설정|저장",
  ),
  fresh: said(
    "new|choose|desired|set |reg|signup|erstell|festleg|defin|cre[ae]|cri[ae]r?|elegir|escolh|scegli|kies|val?j|v[eæ]lg|vytvor|utw|neu|" +
      "wahl|nou[av]|nuev|nov|nuov|nieuw|nowe|ny|uus|uj |yeni|baru|moi ",
    "нов[ыи]|придум|νεο|新|设置|設[定置]|새|جديد|חדש|ใหม",
  ),
  current: said(
    "old|cur(?:r|en| )|existing|prev|orig|a[ckt]?tu[ae]l|altes? |bisher|ancien|antig|anterior|vec[ch]|huidig|oud|n[au]v[aæ]r|gjeld|gamm[ae]l|nyky|" +
      "vanh|obecn|stare |souc|stavaj|jelen|regi |mevcut|eski|lama |hien tai",
    "текущ|стар[ыи]|деиств|поточн|τρεχ|παλι|現在|[旧舊]|当前|原[密始]|目前|현재|기존|حالي|قديم|נוכחי|יש[נן]|ปัจจุ|เดิม|เก่า",
  ),
  again: said(
    "[ck]onf|cpass|cpw|rep[ei ]|re ?(?:type|enter|pass)|again|verif|match|second|check|chk|bestatig|wiederh|erneut|novamente|ripet|herha|" +
      "opnieuw|bevest|upprep|bekr[aæe]f|genta|gjenta|vahvis|toista|zopak|powt|potwi|znovu|potvrd|meger|ismet|ujra|tekrar|dogrul|onayl|ulang|xac nhan|nhap lai|2 |twice",
    "подтвер|повтор|еще раз|підтв|επιβεβ|επαναλ|[確确][認认定]|もう一度|再[入次]|重[复複]|다시|확인|재입력|تأكيد|إعاد|אישור|אימות|ยืนยั",
  ),
  forgot: said(
    "forg[oe]|lost|recover|can t (?:sign|log)|trouble|verge(?:ss|t)|oubli|perdu|olvid|recuper|esquec|diment|gl[eo]mt|unoh|nie pam|zapom|elfel|uitat|unut|lupa|quen ",
    "забы|восстан|забул|ξεχασ|忘|找回|찾기|نسيت|שכח|ลืม",
  ),
  remember: said(
    "remember|keep me|stay |merken|bleiben|souven|recuerd|lembr|manter|ricorda|husk|pamat|hat[iı]rla|ingat|persist",
    "запомн|чужои|記憶|记住|自动登|저장|유지",
  ),
  terms: said(
    "terms|agree|agb |accep|aceito|condit|privac|polic|newsletter|einver|datens|nutzungs|termos|akkoord|vilkar|regulamin|zgod|" +
      "akcept|podm|souhlas|gdpr|consent|marketing",
    "согла|услов|規約|同意|条款|协议|약관|동의",
  ),
  rules: said(
    "at least|minim|ch?aract|str[eo]ng|weak|upper|lower|special|mindest|zeichen|must|contain|length",
    "символ|не менее|半角|英数|位|字符",
  ),
  password: said(
    "pass|pwd|psw|pw |kennw|mdp|contras|clave|senha|parola|wachtw|losen|adgangs|kodeord|salas|has[lł]o|hesl|jelsz|lozin|sifre|sandi|" +
      "mat khau|palavra pas",
    "парол|κωδικ|パスワ|密 ?[码碼]|비밀번|암호|كلمة ال|رمز ع|گذرو|סיסמ|รหัสผ|पासव",
  ),
  user: said(
    "user|usr|uid|uname|log[io]n|signin|acc(?:oun)?t|member|nick|screen ?name|handle|ident|benutzer|kennung|nutzer|konto|kunden|utili[sz]|" +
      "utente|pseudo|usuari|cuenta|conta |gebrui|anvand|bru[gk]er|kaytt|tunnus|uzytk|uzivat|pouziv|korisn|felhas|kullan|penggu|ten [dđ]ang|tai kh|id |cpf",
    "лог[иі]н|пользов|имя|корист|χρηστ|ユーザ|会員|アカウ|用[户戶]|使用者|[帐账帳][号號戶]|아이디|사용자|계정|المستخدم|کاربر|משתמש|ผู้ใช",
  ),
  email: said(
    "(?:e ?)?mail|correo|courr|e ?post|posta el|sahkop|poczt",
    "почт|メール|[邮郵]箱|電[郵子]|이메일|البريد|ایمیل|דוא|อีเม",
  ),
  profile: said(
    "first|last|fname|lname|full|given|surname|middle|birth|dob|gender|sex|address|street|city|zip|postal|postcode|country|state|province|" +
      "title|vorname|nachname|(?:pre)?nom |ville|cidade|citta|website|url|captcha|promo|ssn",
  ),
  seek: said(
    "search|query|such|recherch|bus[cq]|pesquis|cerca|zoek|szuk|hled|q |keyword|find",
    "поиск|検索|搜|검색",
  ),
  letter: said(
    "newsletter|subscri|offers|footer|comment|[ck]onta[ck]t|message|promo|discount|abonn",
    "подпис|订阅",
  ),
  code: said(
    "t?otp|mfa|[2t]fa|one ?time|two ?factor|(?:verif\\w*|security|auth\\w*|access|sms|e?mail|login|confirmation|pin|digit) code|code sent|" +
      "passcode|einmal(?:pass|code|kenn)|bestatigungsc|sicherheitsc|code de (?:verif|secur|valid)|codigo|codice di|engangs|kod weryf|" +
      "dogrulama k|ma xac",
    "код (?:подтв|из)|одноразов|認証コ|確認コ|ワンタイ|[验驗][证證][码碼]|动态码|인증 ?[번코]",
  ),
  company: said(
    "company|tenant|organi[sz]|org |domain|client|customer|firm|mandant|unternehm|societe|entrepr|empresa|aziend|bedrijf|corp|workspace|" +
      "site id|account (?:no|num|id|code)|branch|server|database|realm|region|instance|team",
    "компан|организ|会社|企业|公司|회사",
  ),
  secret: said(
    "ssn|social sec|cv[vc]|csc|card (?:num|code)|security (?:answer|question)|secret|answer|hint|captcha|dob|birth|passport|licen|iban|memorable",
    "секретн|ответ|[验驗][证證][码碼]",
  ),
};

export type WordClass = keyof typeof SIGNS;

/** Whether a text, as `plain` makes it, says any of these. */
export function tells(text: string, ...names: WordClass[]): boolean {
  const words = ` ${text} `;
  for (const name of names) if (SIGNS[name].test(words)) return true;
  return false;
}

/** Small letters without accents, and nothing but letters, digits and single spaces. */
export function plain(text: string): string {
  const small = text.toLowerCase();
  if (/^[\0-\x7f]*$/.test(small)) return small.replace(/[^a-z0-9]+/g, " ").trim();
  const bare = small
    .normalize("NFD")
    .replace(/[\u0300-\u036f]+/g, "")
    .normalize("NFC");
  return bare.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();
}

/** What a program calls something, as words: `newPassword2` says "new password 2". */
export function words_of_name(name: string): string {
  return plain(name.replace(/([a-z])(?=[A-Z0-9])/g, "$1 "));
}

/**
 * Beginnings of words, in small letters without accents; a space behind one means it as a whole. In alphabets other than Latin
 * they may be anywhere, for not every language sets spaces. Letters that are none with an accent, as in "hasło" and "đăng", stay.
 *
 * Browsers keep what they compiled of an expression for every page of a process, so this is quicker than any index of the words
 * that a page had to make for itself.
 */
function said(beginnings: string, anywhere = "(?!)"): RegExp {
  return new RegExp(` (?:${beginnings})|${anywhere}`);
}
