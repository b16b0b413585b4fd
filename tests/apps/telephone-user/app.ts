import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "電話番号またはパスワードが違います";

const form = (message?: string, user = "") =>
  page({
    title: "会員ログイン",
    lang: "ja",
    body: `<form action="/login" method="post"><h2>会員ログイン</h2>${complaint(message)}
      <label for="t">携帯電話番号</label><input id="t" type="tel" name="t" value="${escapeHtml(user)}">
      <label for="p">パスワード</label><input id="p" type="password" name="p">
      <input type="submit" value="ログイン"></form>`,
  });

export default {
  odd: "people are told apart by their telephone number",
  account: { user: "09012345678", password: "sakura-2011" },
  person: typed("#t", "#p", "[type=submit]"),
  refuses,
  routes: formLogin({ form, user: "t", password: "p", refuses }),
} satisfies App;
