// Words by what they are evidence of, in some twenty languages. Pure.
//
// Beginnings of words, in small letters without accents. Where a language sets no spaces they may be anywhere. What programs
// call fields is read in the same way: `newPassword` and `new_password` both say "new password".

const said = (beginnings: string, anywhere: string) => new RegExp(`\\b(?:${beginnings})|${anywhere}`);

export const WORDS = {
  login: said(
    "log.?[io]n|signin|sign.?on|sign in|anmeld|einlogg|inlogg|logga in|logg inn|log ind|connexion|se connecter|connectez|identifi|" +
      "iniciar|inicia |acced|acesse|acessar|entrar|entre\\b|ingres|accedi|entra |inloggen|aanmelden|kirjaudu|zaloguj|logowa|prihlas|prijav|belep|bejelent|" +
      "conecteaza|autentif|giris|oturum|masuk|dang nhap",
    "воити|вход|авториз|увіити|συνδεσ|εισοδ|ログイン|サインイン|登[录錄入]|登陆|로그인|تسجيل الدخول|دخول|ورود|כניסה|התחבר|เข้าสู่|लॉग इन",
  ),
  up: said(
    "signup|sign.?up|regist|registr|create|join|enrol|new (account|customer|user|member)|subscri|konto (erstell|anleg|eroff)|neukunde|inscri|" +
      "creer|crea |crear|cree |cadastr|criar|iscriv|account aanmaken|skapa|opret|luo |rekist|zaloz|zarejestr|utworz|vytvor|zaregistr|regisztr|" +
      "kayit|uye ol|hesap olustur|daftar|mendaftar|pendaftar|buat |dang ky|tao tai|get started|free trial|activat|invit|membro|mitglied werden|socio|deviens|devenir",
    "регистр|созда|зареєстр|створ|εγγραφ|δημιουργ|登録|新規|会員|注 ?[册冊]|註 ?冊|创建|가입|회원|إنشاء|التسجيل|ثبت نام|הרשמ|สมัคร|ลงทะเบียน",
  ),
  change: said(
    "chang|updat|reset|save|edit|profile|settings|andern|zurucksetz|speicher|modif|enregist|reinitial|cambi|guardar|restabl|actualiz|alter|salv|" +
      "redefin|atualiz|wijzig|opslaan|herstel|byt |andra|spara|skift|gem |endre|lagre|vaihda|tallenna|zmien|zmian|zapisz|zmen|uloz|modosit|ment|" +
      "schimb|salveaz|degistir|sifirla|guncelle|kaydet|ubah|ganti|simpan|doi mat",
    "измен|сохран|смен|сброс|змін|зберег|αλλαγ|変更|保存|再設定|修改|更改|重[置设設]|修 ?改|변경|재설정|저장|تغيير|تعيين|שינוי|שנה|เปลี่ยน|รีเซ็ต",
  ),
  fresh: said(
    "new|choose|create|desired|set|register|reg|signup|erstell|festleg|defin|creer|crear|crea|cree|crie|criar|elige|elegir|escolh|scegli|kies|valj|velg|vaelg|vytvor|utworz|buat|neu|wahl|nouveau|nouvelle|nuev|nov[ao]|nuov|nieuw|ny|nytt|nya|uus|uusi|nowe|new1|npw|" +
      "yeni|baru|uj|moi",
    "новы|нови|придум|νεο|新|设置|設定|設置|새|جديد|חדש|ใหม่",
  ),
  current: said(
    "old|current|curr|cur|present|existing|former|prev|orig|aktuell|alt|bisherig|actuel|ancien|actual|antigu|anterior|atual|attual|vecchi|huidig|" +
      "oud|nuvarande|gammal|nuvaer|nåvaer|gjeldende|gammel|nykyi|vanha|obecne|aktualn|stare|soucasn|stavaj|star[ey]|jelenlegi|regi|vechi|actuala|" +
      "mevcut|eski|lama|sekarang|saat ini|hien tai|cu",
    "текущ|стары|действующ|поточн|τρεχ|παλι|現在|旧|当前|原密码|原始|目前|舊|현재|기존|الحالي|القديم|נוכחי|ישן|ปัจจุบัน|เดิม",
  ),
  again: said(
    "confirm|conf|cpass|cpw|cfm|repeat|rep|retype|retry|re.?enter|re.?type|re.?pass|repassword|again|verif|match|second|check|chk|compare|bestatig|" +
      "wiederhol|erneut|encore|repet|retap|ressais|repita|repetir|reintrod|vuelva|de nuevo|novamente|conferma|ripet|herhaal|opnieuw|bevestig|upprepa|" +
      "bekraft|gentag|bekraeft|gjenta|bekreft|vahvista|uudelleen|toista|powtorz|potwierd|znovu|potvrd|zopak|megerosit|ujra|confirma|tekrar|dogrula|" +
      "ulang|konfirmasi|xac nhan|nhap lai|2$|two|twice|password2|passwd2|pwd2|pass2",
    "подтвер|повтор|еще раз|підтв|επιβεβ|επαναλ|確認|もう一度|再入力|再次|确认|確定|重复|重複|확인|다시|재입력|تأكيد|إعادة|אישור|אימות|שוב|ยืนยัน|อีกครั้ง",
  ),
  forgot: said(
    "forg[eo]t|lost|recover|can.?t (sign|log|access)|trouble|problems|vergess|oubli|perdu|olvid|recuper|esquec|dimentic|smarrit|vergeten|glomt|" +
      "glemt|unohd|nie pamiet|zapom|elfelej|uitat|unuttu|lupa|quen",
    "забы|восстан|забул|ξεχασ|忘|找回|찾기|분실|نسيت|שכחת|ลืม",
  ),
  remember: said(
    "remember|keep me|stay (sign|log)|merken|angemeldet bleiben|eingeloggt|souvenir|rester|memoris|record|recuerd|mantener|no cerrar|lembr|manter|" +
      "continuar conec|ricorda|resta |onthoud|ingelogd blijven|kom ihag|husk|forbli|muista|pysy|zapamiet|pamat|zustat|megjegy|emlekez|tine.?ma|" +
      "beni hatirla|hatirla|ingat|ghi nho|autologin|rememberme|persist",
    "запомн|запам|чужои|να με θυμ|記憶|保持|自动登录|自動登[录錄]|记住|저장|유지|تذكر|זכור|จดจำ",
  ),
  terms: said(
    "terms|agree|agb|accept|condition|privacy|policy|newsletter|einverstand|datenschutz|nutzungsbed|j.?accepte|cgu|acepto|terminos|politica|" +
      "aceito|termos|accett|termini|privacidad|voorwaard|akkoord|villkor|godkan|vilkar|betingelser|ehdot|hyvaks|regulamin|zgod|akcept|podmink|souhlas|" +
      "feltetel|elfogad|termeni|kosul|sozlesme|kabul|syarat|setuju|dieu khoan|age|gdpr|consent|marketing",
    "согла|услов|погод|оροι|συμφων|規約|同意|条款|协议|協議|약관|동의|أوافق|الشروط|תנאי|מסכים|ยอมรับ|เงื่อนไข",
  ),
  rules: said(
    "at least|minimum|characters|strength|strong|weak|upper.?case|lower.?case|special char|mindestens|zeichen|sicherheit|caracteres|moins|minim|" +
      "almeno|caratteri|minst|tecken|tegn|vahint|merkki|znakow|znaku|karakter|en az|must|contain|length",
    "символ|минимум|не менее|χαρακτ|文字以上|半角|英数|位|字符|자 이상|أحرف|תווים|ตัวอักษร",
  ),
  password: said(
    "password|passwd|passwrd|pass|pwd|psw|passphrase|kennwort|passwort|passe|mdp|contrasen|clave|senha|parola|wachtwoord|losen|adgangskode|passord|" +
      "kodeord|salasana|haslo|heslo|jelszo|lozink|sifre|kata sandi|sandi|mat khau|pw|palavra passe",
    "парол|κωδικ|パスワード|暗証|密 ?[码碼]|비밀번호|암호|كلمة المرور|كلمة السر|رمز عبور|סיסמ|รหัสผ่าน|पासवर्ड",
  ),
  user: said(
    "user|username|usr|uid|uname|userid|login|logon|loginname|signin|account|acct|member|nick|screen.?name|handle|ident|benutzer|kennung|nutzer|anmeldename|konto|kunden|" +
      "utilisateur|identifiant|pseudo|usuario|usuari|nombre de|utilizador|cuenta|conta\\b|utente|gebruiker|anvandar|bruger|bruker|kayttaja|tunnus|" +
      "uzytkown|nazwa|uzivat|jmeno|felhaszn|utilizat|kullanici|pengguna|nama|ten dang nhap|tai khoan|id$|id |login.?id|email or|cpf|dni|rut|nif",
    "логин|пользоват|имя|користувач|χρηστ|ユーザ|会員|アカウント|ログインid|用户|用戶|帐 ?号|账 ?号|帳 ?[號戶号]|会员|아이디|사용자|계정|اسم المستخدم|المستخدم|نام کاربری|משתמש|ผู้ใช้|ชื่อ",
  ),
  email: said(
    "e.?mail|mail|correo|courriel|epost|e-post|sahkoposti|eposta|posta|poczt|emailadres",
    "почт|メール|邮 ?箱|郵箱|邮件|電郵|이메일|البريد|ایمیل|דוא|מייל|อีเมล|ηλεκτρ",
  ),
  phone: said(
    "phone|mobile|cell|tel|telefon|movil|celular|handy|portable|gsm|hp\\b|sdt|so dien",
    "телефон|τηλεφ|電話|携帯|手机|手機|휴대|هاتف|جوال|טלפון|นายเลข|โทร",
  ),
  profile: said(
    "first|last|full.?name|given|family|surname|fname|lname|middle|birth|dob|gender|sex|address|street|city|zip|postal|postcode|country|state|province|" +
      "title|occupation|vorname|nachname|geburt|strasse|ort\\b|plz|prenom|nom\\b|naissance|ville|apellid|nombre\\b|ciudad|direcci|sobrenome|endereco|" +
      "cidade|nascimento|cognome|citta|indirizzo|voornaam|achternaam|fornamn|efternamn|etternavn|imie|nazwisko|prijmeni|vezetek|kereszt|soyad|ad\\b|alamat|website|url|captcha|coupon|promo|voucher|referr|card|cvv|cvc|ssn",
    "фамил|отчеств|город|адрес|дата рожд|όνομα|επωνυμ|氏名|姓|住所|生年|郵便|真实|昵称|地址|生日|验证码|驗證碼|이름|성명|주소|생년",
  ),
  seek: said(
    "search|query|suche|such|recherch|busc|pesquis|cerca|zoek|sok|hae\\b|szuk|hled|keres|caut|ara\\b|cari|tim kiem|q$|keyword|find",
    "поиск|пошук|αναζ|検索|搜|검색|بحث|חיפוש|ค้นหา",
  ),
  letter: said(
    "newsletter|subscri|updates|offers|footer|comment|contact|message|notify|coupon|promo|discount|abonn|infolettre|boletin|kommentar|kontakt",
    "подпис|рассылк|購読|订阅|구독",
  ),
  code: said(
    "otp|totp|mfa|2fa|tfa|one.?time|two.?factor|second factor|(verif\\w*|security|auth\\w*|access|sms|email|login|confirmation).{0,3}code|code\\b.{0,20}(sent|text|app)|passcode|pin.?code|" +
      "einmal.?(pass|code|kenn|kod)|bestatigungscode|sicherheitscode|code de (verif|secur|valid)|codigo|codice di|verificatiecode|engangs|kertakaytto|kod (jednoraz|weryf)|overovaci|token|dogrulama kodu|kode verif|ma xac",
    "код подтв|одноразов|код из|κωδικος επαλ|認証コード|確認コード|ワンタイム|验证码|驗證碼|动态码|인증번호|인증 코드|رمز التحقق|קוד אימות|รหัส otp",
  ),
  company: said(
    "company|tenant|organi[sz]ation|org\\b|org |domain|client|customer|firm|mandant|firma|unternehmen|societe|entreprise|empresa|compania|azienda|" +
      "bedrijf|foretag|virksomhed|yritys|spolecnost|sirket|perusahaan|corp|workspace|site.?id|account.?(no|num|id|code)|customer.?(no|num|id)|branch|server|database|realm|region|instance|kundennummer|subdomain|team",
    "компан|организ|εταιρ|会社|企業|公司|企业|회사|شركة|חברה|บริษัท",
  ),
  secret: said(
    "ssn|social.?sec|cvv|cvc|csc|card.?(num|code)|security.?(answer|code|question)|secret|answer|hint|pin\\b|pin$|captcha|sozialvers|dob|birth|passport|licen[cs]e|iban|routing|memorable",
    "секретн|ответ|暗証番号|验证码|驗證碼",
  ),
} as const;

export type WordClass = keyof typeof WORDS;

/** Small letters, no accents, words apart. */
export function plain(text: string): string {
  let at = text;
  if (/[^ -~]/.test(at))
    at = at
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .normalize("NFC");
  return at.toLowerCase().replace(/\s+/g, " ").trim();
}

/** What a program calls something, as words. */
export function words_of_name(name: string): string {
  return plain(
    name
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .replace(/(\p{L})(\d)/gu, "$1 $2"),
  );
}

/** Which of these a text is evidence of. */
export function classes_in(text: string, classes: readonly WordClass[]): WordClass[] {
  return text ? classes.filter((name) => WORDS[name].test(text)) : [];
}

export function tells(text: string, name: WordClass): boolean {
  return WORDS[name].test(text);
}
