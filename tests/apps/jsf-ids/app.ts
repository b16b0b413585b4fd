import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Nieprawidłowy użytkownik lub hasło";

const form = (message?: string, user = "") =>
  page({
    title: "Kadry i płace",
    lang: "pl",
    body: `<form id="j_idt12" name="j_idt12" method="post" action="/faces/login.xhtml">
      <input type="hidden" name="j_idt12" value="j_idt12">${complaint(message)}
      <label id="j_idt12:j_idt14" for="j_idt12:user">Użytkownik</label>
      <input id="j_idt12:user" name="j_idt12:user" type="text" class="ui-inputfield" aria-required="true" value="${escapeHtml(user)}">
      <label for="j_idt12:pw">Hasło</label>
      <input id="j_idt12:pw" name="j_idt12:pw" type="password" class="ui-inputfield" autocomplete="off">
      <button id="j_idt12:j_idt19" name="j_idt12:j_idt19" type="submit"><span class="ui-button-text">Zaloguj</span></button>
      <input type="hidden" name="javax.faces.ViewState" value="-7281947362910:4471" autocomplete="off">
    </form>`,
  });

export default {
  odd: "ids with a colon, made by JavaServer Faces",
  account: { user: "kowalska", password: "Wypłata+10" },
  login: "/faces/login.xhtml",
  person: typed("[id='j_idt12:user']", "[id='j_idt12:pw']", "[id='j_idt12:j_idt19']"),
  refuses,
  routes: formLogin({
    form,
    user: "j_idt12:user",
    password: "j_idt12:pw",
    refuses,
    path: "/faces/login.xhtml",
  }),
} satisfies App;
