import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plain, tells, type WordClass, words_of_name } from "./words.ts";

describe("words are known", () => {
  const SAID: Partial<Record<WordClass, string[]>> = {
    login: [
      "Log in",
      "Sign on",
      "Einloggen",
      "Se connecter",
      "Iniciar sesión",
      "Zaloguj się",
      "Đăng nhập",
      "Giriş yap",
      "تسجيل الدخول",
      "התחברות",
      "登入",
    ],
    up: [
      "Create account",
      "Załóż konto",
      "Kayıt ol",
      "Đăng ký",
      "Opprett konto",
      "Зарегистрироваться",
      "註冊",
    ],
    password: ["Passwort", "Mot de passe", "Hasło", "Lösenord", "Şifre", "Mật khẩu", "Пароль", "パスワード"],
    user: [
      "Username",
      "Kullanıcı adı",
      "Käyttäjätunnus",
      "Użytkownik",
      "Tên đăng nhập",
      "用戶名",
      "نام کاربری",
    ],
    current: [
      "Old password",
      "Altes Passwort",
      "Действующий пароль",
      "Nåværende passord",
      "סיסמה ישנה",
      "Parola veche",
      "Régi jelszó",
      "Nuværende adgangskode",
      "現在のパスワード",
    ],
    fresh: ["New password", "Neues Kennwort", "Nouveau mot de passe", "Vælg adgangskode", "Новый пароль"],
    again: ["Retype password", "Passwort bestätigen", "Bekræft", "Powtórz hasło", "確認", "ยืนยันรหัสผ่าน"],
    forgot: ["Forgot your password?", "Glömt lösenord", "Zapomněli jste heslo?", "忘记密码"],
  };
  for (const [name, texts] of Object.entries(SAID))
    test(name, () => {
      const missed = texts.filter((text) => !tells(plain(text), name as WordClass));
      assert.deepEqual(missed, []);
    });

  test("in what a program calls something", () => {
    assert.equal(words_of_name("ctl00$newPassword2"), "ctl 00 new password 2");
    assert.ok(tells(words_of_name("txtNewPassword2"), "fresh"));
  });
});

describe("words are not taken for others", () => {
  const NOT: [text: string, name: WordClass][] = [
    ["Catalogin", "login"],
    ["Renew", "fresh"],
    ["Register", "current"],
    ["Start", "current"],
    ["Alternative", "current"],
    ["Postal address", "email"],
    ["Step 25", "again"],
    ["", "login"],
  ];
  for (const [text, name] of NOT)
    test(`"${text}" does not say ${name}`, () => assert.equal(tells(plain(text), name), false));
});
