import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, page } from "../page.ts";

const refuses = "Неверное имя пользователя или пароль";

const form = (message?: string) =>
  page({
    title: "Документооборот",
    lang: "ru",
    body: `<form action="/login" method="post"><h2>Вход</h2>${complaint(message)}
      <label for="l">Имя пользователя</label><input id="l" name="l">
      <label for="p">Пароль</label><input id="p" name="p" type="password">
      <button id="go" disabled>Войти</button></form>
    <script>
      const go = document.getElementById("go");
      const touched = new Set();
      // What counts is a key that was pressed and let go in each field.
      for (const id of ["l", "p"]) document.getElementById(id).addEventListener("keyup", ({ target }) => {
        if (target.value) touched.add(id);
        go.disabled = touched.size < 2;
      });
    </script>`,
  });

export default {
  odd: "the button wakes when keys were let go in both fields",
  account: { user: "ivanova", password: "Papka 12/3" },
  person: typed("#l", "#p", "#go"),
  refuses,
  routes: formLogin({ form, user: "l", password: "p", refuses }),
} satisfies App;
