import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "اسم المستخدم أو كلمة المرور غير صحيحة";

const form = (message?: string, user = "") =>
  page({
    title: "بوابة الموظفين",
    lang: "ar",
    dir: "rtl",
    head: `<style>.field-2 { position: absolute; top: -5000px; } .thin { opacity: 0; height: 0; overflow: hidden; }
      .off { clip-path: inset(100%); position: absolute; }</style>`,
    body: `<form action="/login" method="post"><h2>تسجيل الدخول</h2>${complaint(message)}
      <div class="field-2" aria-hidden="true"><label>Username <input name="username" tabindex="-1" autocomplete="off"></label>
        <label>Password <input type="password" name="password" tabindex="-1" autocomplete="off"></label></div>
      <div class="thin"><input name="email" type="email" tabindex="-1"></div>
      <input class="off" name="website" tabindex="-1">
      <label for="a1">اسم المستخدم</label><input id="a1" name="a1" value="${escapeHtml(user)}">
      <label for="a2">كلمة المرور</label><input id="a2" type="password" name="a2">
      <button>دخول</button></form>`,
  });

export default {
  odd: "fields that nobody sees; whoever fills one is taken for a robot",
  account: { user: "fatima.h", password: "Nakhla#Tamr" },
  person: typed("#a1", "#a2", "button"),
  refuses,
  routes: {
    "GET /login": (asked) => (asked.user ? redirect("/home") : html(form())),
    "POST /login": (asked) => {
      const robot = ["username", "password", "email", "website"].some((name) => asked.form.get(name));
      if (robot) return html("<h1>403 Robots are not let in</h1>", 403);
      const user = asked.form.get("a1") ?? "";
      if (!asked.site.allows(user, asked.form.get("a2"))) return html(form(refuses, user));
      asked.begin(user);
      return redirect("/home");
    },
  },
} satisfies App;
