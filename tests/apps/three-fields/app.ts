import { html, redirect } from "../answer.ts";
import type { App } from "../app.ts";
import { complaint, page } from "../page.ts";

const refuses = "Company, user or password is wrong.";

const form = (message?: string) =>
  page({
    title: "PayRight",
    body: `<form action="/login" method="post"><h2>PayRight</h2>${complaint(message)}
      <label for="company">Company ID</label><input id="company" name="company">
      <label for="user">User ID</label><input id="user" name="user">
      <label for="pass">Password</label><input id="pass" name="pass" type="password">
      <button>Log on</button></form>`,
  });

export default {
  odd: "a company beside user name and password",
  account: { user: "fred.b", password: "Bedrock#1960", extras: { company: "SLATE-ROCK" } },
  person: [
    { into: "#company", type: { extra: "company" } },
    { into: "#user", type: "user" },
    { into: "#pass", type: "password" },
    { press: "button" },
  ],
  refuses,
  routes: {
    "GET /login": (asked) => (asked.user ? redirect("/home") : html(form())),
    "POST /login": (asked) => {
      const user = asked.form.get("user") ?? "";
      const right = asked.form.get("company") === asked.site.app.account.extras?.company;
      if (!asked.site.allows(user, right ? asked.form.get("pass") : null)) return html(form(refuses));
      asked.begin(user);
      return redirect("/home");
    },
  },
} satisfies App;
