import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Login ou senha inválidos";

const form = (message?: string, user = "") =>
  page({
    title: "Portal do colaborador",
    lang: "pt-BR",
    head: "<style>.oculto { -webkit-text-security: disc; }</style>",
    body: `<form action="/login" method="post"><h2>Portal do colaborador</h2>${complaint(message)}
      <label for="f1">Matrícula</label><input id="f1" name="f1" value="${escapeHtml(user)}">
      <label for="f2">Senha</label><input id="f2" class="oculto" name="f2" autocomplete="off" spellcheck="false">
      <button>Entrar</button></form>`,
  });

export default {
  odd: "a text field that a style masks, so that browsers offer nothing",
  account: { user: "m30981", password: "café-com-leite" },
  person: typed("#f1", "#f2", "button"),
  refuses,
  routes: formLogin({ form, user: "f1", password: "f2", refuses }),
} satisfies App;
