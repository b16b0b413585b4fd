import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "User name or password incorrect.";
const RULES =
  "minlength: 12; maxlength: 16; required: lower; required: upper; required: digit; required: [-+!];";

const form = (message?: string, user = "") =>
  page({
    title: "Benefits",
    body: `<form action="/login" method="post"><h2>Benefits</h2>${complaint(message)}
      <label for="u">User name</label><input id="u" name="u" value="${escapeHtml(user)}">
      <label for="p">Password</label><input id="p" name="p" type="password"><button>Sign in</button></form>`,
  });

const change = (message?: string) =>
  page({
    title: "Benefits - Change password",
    body: `<form action="/password" method="post"><h2>Change password</h2>${complaint(message)}
      <label for="old">Current password</label><input id="old" name="old" type="password">
      <label for="new">New password</label><input id="new" name="new" type="password" passwordrules="${RULES}">
      <label for="again">Repeat new password</label><input id="again" name="again" type="password" passwordrules="${RULES}">
      <button>Change password</button></form>`,
  });

function mayBe(password: string): boolean {
  const wanted = [/^[-+!A-Za-z0-9]{12,16}$/, /[a-z]/, /[A-Z]/, /[0-9]/, /[-+!]/];
  return wanted.every((rule) => rule.test(password));
}

export default {
  odd: "a page to change the password, with rules for the new one",
  account: { user: "b.okafor", password: "Old-but-Gold-1" },
  person: typed("#u", "#p", "button"),
  refuses,
  change: {
    path: "/password",
    old: "#old",
    fresh: "#new",
    repeat: "#again",
    press: "button",
    says: "Your password was changed.",
  },
  routes: {
    ...formLogin({ form, user: "u", password: "p", refuses }),
    "GET /password": ({ user }) => (user ? html(change()) : redirect("/login")),
    "POST /password": ({ user, form: given, site }) => {
      if (!user) return redirect("/login");
      const fresh = given.get("new") ?? "";
      if (given.get("old") !== site.password) return html(change("The current password is wrong."));
      if (fresh !== given.get("again")) return html(change("The two new passwords differ."));
      if (!mayBe(fresh)) return html(change("12 to 16 letters and digits, with one of - + !"));
      site.password = fresh;
      return redirect("/changed");
    },
    "GET /changed": () => html(page({ title: "Benefits", body: "<p>Your password was changed.</p>" })),
  },
} satisfies App;
