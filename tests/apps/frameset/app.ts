import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Usuario o clave incorrectos";

const form = (message?: string, user = "") =>
  page({
    title: "Acceso",
    lang: "es",
    era: "tables",
    body: `<h1>Almacén</h1>${complaint(message)}<form action="/acceso" method="post" target="_top"><table>
      <tr><td>Usuario</td><td><input name="usuario" value="${escapeHtml(user)}"></td></tr>
      <tr><td>Clave</td><td><input name="clave" type="password"></td></tr>
      <tr><td colspan="2"><input type="submit" value="Entrar"></td></tr></table></form>`,
  });

export default {
  odd: "the login is one frame of a frameset",
  account: { user: "jgarcia", password: "almacen-1999" },
  login: "/index.htm",
  person: typed("[name=usuario]", "[name=clave]", "[type=submit]", "/acceso"),
  refuses,
  routes: {
    ...formLogin({ form, user: "usuario", password: "clave", refuses, path: "/acceso" }),
    "GET /index.htm": (asked) =>
      asked.user
        ? redirect("/home")
        : html(`<html><head><title>Almacén</title></head><frameset rows="80,*" border="0">
          <frame name="arriba" src="/titulo.htm"><frame name="cuerpo" src="/acceso"></frameset></html>`),
    "GET /titulo.htm": () =>
      html("<body bgcolor='#660033' text='white'><h2>Sistema de Almacén v3.1</h2></body>"),
  },
} satisfies App;
