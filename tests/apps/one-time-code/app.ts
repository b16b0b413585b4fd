import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { complaint, page } from "../page.ts";

const refuses = "Sign-in failed.";

const first = (message?: string) =>
  page({
    title: "Remote access",
    era: "flat",
    body: `<form action="/login" method="post"><h1>Remote access</h1>${complaint(message)}
      <label for="name">Username</label><input id="name" name="name" autocomplete="username">
      <label for="word">Password</label><input id="word" name="word" type="password" autocomplete="current-password">
      <button>Log in</button></form>`,
  });

const second = (message?: string) =>
  page({
    title: "Remote access - Verification",
    era: "flat",
    body: `<form action="/verify" method="post"><h1>Verification code</h1>${complaint(message)}
      <p>Enter the 6-digit code from your authenticator app.</p>
      <label for="otp">Code</label><input id="otp" name="otp" inputmode="numeric" maxlength="6" autocomplete="one-time-code">
      <button>Verify</button></form>`,
  });

export default {
  odd: "a one-time code on a page after the password",
  account: { user: "remote.rita", password: "Tunnel-Vision-8", seed: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" },
  person: [...typed("#name", "#word", "button"), { into: "#otp", type: "code" }, { press: "button" }],
  refuses,
  routes: {
    "GET /login": (asked) => (asked.user ? redirect("/home") : html(first())),
    "POST /login": (asked) => {
      const user = asked.form.get("name") ?? "";
      if (!asked.site.allows(user, asked.form.get("word"))) return html(first(refuses));
      asked.begin(user, "half");
      return redirect("/verify");
    },
    "GET /verify": ({ half }) => (half ? html(second()) : redirect("/login")),
    "POST /verify": (asked) => {
      if (!asked.half) return redirect("/login");
      if (!asked.site.allowsCode(asked.form.get("otp"))) return html(second("Wrong code."));
      asked.begin(asked.half);
      return redirect("/home");
    },
  },
} satisfies App;
