// Words by what they are evidence of, in some twenty languages. Pure.
//
// Beginnings of words, in small letters without accents; with a space after it, a word is meant as a whole. In alphabets other
// than Latin they may be anywhere, for not every language sets spaces. All classes are looked for in one pass: some forty
// regular expressions would take longer to compile than the rest of the finder to run.

const WORDS = {
  login:
    "login|log in|logon|log on|signin|sign in|sign on|signon|anmeld|einlogg|inlogg|logga in|logg inn|connexion|connect|identifi|" +
    "inicia|acced|acess|entrar|entre |ingres|entra |aanmeld|kirjaudu|zaloguj|logowa|prihlas|prijav|belep|bejelent|conecteaza|autentif|giris|" +
    "oturum|masuk|dang nhap|воити|вход|авториз|увіити|συνδεσ|εισοδ|ログイン|サインイン|登录|登錄|登入|登陆|로그인|تسجيل الدخول|دخول|ورود|כניסה|התחבר|เข้าสู่|लॉग इन",
  up:
    "signup|sign up|reg|join|enrol|new account|new customer|new user|new member|subscri|konto erstell|konto anleg|neukunde|inscri|" +
    "cree|crea|cadastr|criar|iscriv|account aanmaken|skapa|opret|luo |rekist|zaloz|zarej|utworz|vytvor|zareg|kayit|uye ol|hesap olustur|" +
    "daftar|mendaftar|pendaftar|buat |dang ky|tao tai|get started|free trial|activat|invit|membro|mitglied werden|socio|devenir|регистр|созда|зареєстр|створ|" +
    "εγγραφ|δημιουργ|登録|新規|注册|註冊|创建|가입|회원|إنشاء|التسجيل|ثبت نام|הרשמ|สมัคร|ลงทะเบียน",
  change:
    "chang|updat|reset|save|edit|profile|settings|ander|zurucksetz|speicher|modif|enregist|reinitial|cambi|guarda|restabl|actualiz|alter|salv|" +
    "redefin|atualiz|wijzig|opslaan|herstel|byt |andra|spara|skift|gem |endre|lagre|vaihda|tallenna|zmien|zmian|zapisz|zmen|uloz|modosit|ment|" +
    "schimb|degistir|sifirla|guncelle|kaydet|ubah|ganti|simpan|doi mat|измен|сохран|смен|сброс|змін|зберег|αλλαγ|変更|保存|再設定|修改|更改|重置|重设|重設|" +
    "변경|재설정|저장|تغيير|تعيين|שינוי|שנה|เปลี่ยน|รีเซ็ต",
  fresh:
    "new|choose|desired|set |reg|signup|erstell|festleg|defin|crea|cree|crie|criar|elig|elegir|escolh|scegli|kies|valj|velg|vaelg|" +
    "vytvor|utworz|buat|neu|wahl|nouve|nuev|nov|nuov|nieuw|ny|uus|nowe|yeni|baru|moi |новы|нови|придум|νεο|新|设置|設定|設置|새|جديد|חדש|ใหม่",
  current:
    "old|curr|cur |present|existing|former|prev|orig|aktuel|alt|bisherig|actuel|ancien|actual|antigu|anterior|atual|attual|vecchi|huidig|oud|" +
    "nuvarande|gammal|nuvaer|gjeldende|gammel|nykyi|vanha|obecne|aktualn|star|soucasn|stavaj|jelenlegi|regi|vechi|mevcut|eski|lama|sekarang|" +
    "hien tai|cu |текущ|стары|действующ|поточн|τρεχ|παλι|現在|旧|当前|原密码|原始|目前|舊|현재|기존|الحالي|القديم|נוכחי|ישן|ปัจจุบัน|เดิม",
  again:
    "conf|cpass|cpw|cfm|repe|repi|rep |retype|retry|reenter|re enter|re type|repass|re pass|again|verif|match|second|check|chk|compare|bestatig|" +
    "wiederhol|erneut|encore|retap|ressais|reintrod|vuelva|de nuevo|novamente|ripet|herhaal|opnieuw|bevestig|upprepa|bekraft|gentag|bekraeft|" +
    "gjenta|bekreft|vahvista|uudelleen|toista|powtorz|potwierd|znovu|potvrd|zopak|megerosit|ujra|tekrar|dogrula|ulang|konfirm|xac nhan|" +
    "nhap lai|2 |two|twice|подтвер|повтор|еще раз|підтв|επιβεβ|επαναλ|確認|もう一度|再入力|再次|确认|確定|重复|重複|확인|다시|재입력|تأكيد|إعادة|אישור|אימות|שוב|" +
    "ยืนยัน|อีกครั้ง",
  forgot:
    "forgo|forge|lost|recover|can t sign|can t log|trouble|vergess|oubli|perdu|olvid|recuper|esquec|dimentic|smarrit|vergeten|glomt|glemt|unohd|nie pamiet|" +
    "zapom|elfelej|uitat|unuttu|lupa|quen|забы|восстан|забул|ξεχασ|忘|找回|찾기|분실|نسيت|שכחת|ลืม",
  remember:
    "remember|keep me|stay |merken|bleiben|souvenir|rester|memoris|recuerd|mantener|no cerrar|lembr|manter|continuar conec|" +
    "ricorda|resta |onthoud|blijven|kom ihag|husk|forbli|muista|pysy|zapamiet|pamat|zustat|megjegy|emlekez|tine ma|beni hatirla|hatirla|ingat|" +
    "ghi nho|autologin|persist|запомн|запам|чужои|να με θυμ|記憶|保持|自动登录|自動登|记住|저장|유지|تذكر|זכור|จดจำ",
  terms:
    "terms|agree|agb|accept|condition|privacy|policy|newsletter|einverstand|datenschutz|nutzungsbed|j accepte|cgu|acepto|terminos|politica|" +
    "aceito|termos|accett|termini|privacidad|voorwaard|akkoord|villkor|godkan|vilkar|betingelser|ehdot|hyvaks|regulamin|zgod|akcept|podmink|" +
    "souhlas|feltetel|elfogad|sozlesme|kabul|syarat|setuju|dieu khoan|gdpr|consent|marketing|согла|услов|погод|οροι|συμφων|規約|同意|条款|协议|協議|약관|" +
    "동의|أوافق|الشروط|תנאי|מסכים|ยอมรับ|เงื่อนไข",
  rules:
    "at least|minim|character|strength|strong|weak|upper|lower|special|mindestens|zeichen|sicherheit|caracter|moins|almeno|caratteri|minst|tecken|" +
    "tegn|vahint|merkki|znak|karakter|en az|must|contain|length|символ|минимум|не менее|χαρακτ|文字以上|半角|英数|位|字符|자 이상|أحرف|תווים|ตัวอักษร",
  password:
    "pass|pwd|psw|pw |kennwort|mdp|contrasen|clave|senha|parola|wachtwoord|losen|adgangskode|kodeord|salasana|haslo|heslo|jelszo|lozink|sifre|" +
    "kata sandi|sandi|mat khau|palavra passe|парол|κωδικ|パスワード|密码|密碼|密 码|密 碼|비밀번호|암호|كلمة المرور|كلمة السر|رمز عبور|סיסמ|รหัสผ่าน|पासवर्ड",
  user:
    "user|usr|uid|uname|login|logon|signin|account|acct|member|nick|screen name|screenname|handle|ident|benutzer|kennung|nutzer|konto|kunden|utilis|" +
    "pseudo|usuari|nombre de|utiliz|cuenta|conta |utente|gebruiker|anvandar|bruger|bruker|kayttaja|tunnus|uzytkown|nazwa|uzivat|jmeno|felhaszn|" +
    "kullanici|pengguna|nama|ten dang nhap|tai khoan|id |cpf|dni |rut |nif |логин|пользоват|имя|користувач|χρηστ|ユーザ|会員|アカウント|用户|用戶|帐号|账号|帳號|" +
    "帳戶|아이디|사용자|계정|اسم المستخدم|المستخدم|نام کاربری|משתמש|ผู้ใช้|ชื่อ",
  email:
    "email|e mail|mail|correo|courriel|epost|e post|sahkoposti|posta|poczt|почт|メール|邮箱|郵箱|邮件|電郵|이메일|البريد|ایمیل|דוא|อีเมล|ηλεκτρ",
  phone:
    "phone|mobile|cell|tel|movil|handy|portable|gsm|hp |sdt|so dien|телефон|τηλεφ|電話|携帯|手机|手機|휴대|هاتف|جوال|טלפון|โทร",
  profile:
    "first|last|full|given|family|surname|fname|lname|middle|birth|dob|gender|sex|address|street|city|zip|postal|postcode|country|state|province|" +
    "title|occupation|vorname|nachname|geburt|strasse|ort |plz|prenom|nom |naissance|ville|apellid|ciudad|direcci|sobrenome|endereco|cidade|" +
    "nascimento|cognome|citta|indirizzo|voornaam|achternaam|fornamn|efternamn|etternavn|imie|nazwisko|prijmeni|vezetek|kereszt|soyad|ad |alamat|" +
    "website|url|captcha|coupon|promo|voucher|referr|card|cvv|cvc|ssn|фамил|отчеств|город|адрес|дата рожд|όνομα|επωνυμ|氏名|姓|住所|生年|郵便|真实|昵称|地址|" +
    "生日|验证码|驗證碼|이름|성명|주소|생년",
  seek: "search|query|such|recherch|busc|pesquis|cerca|zoek|sok|hae |szuk|hled|keres|caut|ara |cari|tim kiem|q |keyword|find|поиск|пошук|αναζ|検索|搜|검색|بحث|חיפוש|ค้นหา",
  letter:
    "newsletter|subscri|updates|offers|footer|comment|contact|message|notify|coupon|promo|discount|abonn|infolettre|boletin|kommentar|kontakt|подпис|рассылк|購読|订阅|구독",
  code:
    "otp|totp|mfa|2fa|tfa|one time|onetime|two factor|twofactor|second factor|verification code|verify code|security code|auth code|authentication code|access code|" +
    "sms code|email code|login code|confirmation code|code sent|passcode|pin code|digit code|einmalpass|einmalcode|einmalkenn|bestatigungscode|sicherheitscode|" +
    "code de verif|code de secur|code de valid|codigo|codice di|verificatiecode|engangs|kertakaytto|kod jednoraz|kod weryf|overovaci|dogrulama kodu|" +
    "kode verif|ma xac|код подтв|одноразов|код из|κωδικος επαλ|認証コード|確認コード|ワンタイム|验证码|驗證碼|动态码|인증번호|인증 코드|رمز التحقق|קוד אימות|รหัส otp",
  company:
    "company|tenant|organis|organiz|org |domain|client|customer|firm|mandant|unternehmen|societe|entreprise|empresa|compania|azienda|bedrijf|foretag|" +
    "virksomhed|yritys|spolecnost|sirket|perusahaan|corp|workspace|site id|account no|account num|account id|account code|branch|server|database|realm|" +
    "region|instance|kundennummer|subdomain|team|компан|организ|εταιρ|会社|企業|公司|企业|회사|شركة|חברה|บริษัท",
  secret:
    "ssn|social sec|cvv|cvc|csc|card num|card code|security answer|security question|secret|answer|hint|captcha|sozialvers|dob|birth|passport|licen|iban|" +
    "routing|memorable|секретн|ответ|暗証番号|验证码|驗證碼",
} as const;

export type WordClass = keyof typeof WORDS;

/** Which of these a text, as `plain` makes it, is evidence of. */
export function classes_in(text: string, classes: readonly WordClass[]): WordClass[] {
  const said = said_in(text);
  return classes.filter((name) => has(said, name));
}

/** All that a text, as `plain` makes it, is evidence of, a bit for each class. */
export function said_in(text: string): number {
  if (text === "") return 0;
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size > MOST_KNOWN) known.clear();
  const found = look_up(`${text} `);
  known.set(text, found);
  return found;
}

export function has(said: number, name: WordClass): boolean {
  return (said & BIT[name]) !== 0;
}

export function tells(text: string, name: WordClass): boolean {
  return has(said_in(text), name);
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

const NAMES = Object.keys(WORDS) as WordClass[];
const BIT = Object.fromEntries(NAMES.map((name, at) => [name, 1 << at])) as Record<WordClass, number>;

type Entry = [word: string, bit: number];

/** By the first two letters, in other alphabets by the first. */
let index: Map<string, Entry[]> | null = null;

/** What the last texts said: labels and buttons are asked for many things. */
const known = new Map<string, number>();
const MOST_KNOWN = 500;

function look_up(text: string): number {
  index ??= make_index();
  let found = 0;
  let is_start = true;
  for (let at = 0; at < text.length; at += 1) {
    const is_latin = text.charCodeAt(at) < OTHER_ALPHABETS;
    if (is_start || !is_latin)
      for (const [word, bit] of index.get(text.slice(at, at + (is_latin ? 2 : 1))) ?? [])
        if (!(found & bit) && text.startsWith(word, at)) found |= bit;
    is_start = text.charCodeAt(at) === SPACE;
  }
  return found;
}

const SPACE = 32;
const OTHER_ALPHABETS = 0x370;

function make_index(): Map<string, Entry[]> {
  const made = new Map<string, Entry[]>();
  for (const name of NAMES)
    for (const word of WORDS[name].split("|")) {
      const key = word.slice(0, word.charCodeAt(0) < OTHER_ALPHABETS ? 2 : 1);
      const entries = made.get(key);
      if (entries) entries.push([word, BIT[name]]);
      else made.set(key, [[word, BIT[name]]]);
    }
  return made;
}
