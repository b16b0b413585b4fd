import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "El usuario o la contraseña no son válidos.";

const form = (message?: string, user = "") =>
  page({
    title: "Nóminas",
    lang: "es",
    body: `<div><form action="/buscar" role="search"><input type="search" name="q" placeholder="Buscar en el portal"></form></div>
    <form action="/login" method="post"><h2>Iniciar sesión</h2>${complaint(message)}
      <label for="usuario">Usuario</label><input id="usuario" type="search" name="usuario" value="${escapeHtml(user)}">
      <label for="contrasena">Contraseña</label><input id="contrasena" type="password" name="contrasena">
      <button>Iniciar sesión</button></form>`,
  });

export default {
  odd: "the user name goes into a search field, with a real one above it",
  account: { user: "lucia.ortega", password: "Paella.Domingo" },
  person: typed("#usuario", "#contrasena", "form[method=post] button"),
  refuses,
  routes: formLogin({ form, user: "usuario", password: "contrasena", refuses }),
} satisfies App;
