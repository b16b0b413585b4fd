// The login of most apps: a form that is posted, shown again with a message, or left for the home page.

import { html, json, redirect } from "./answer.ts";
import type { Routes } from "./app.ts";

interface FormLogin {
  /** Draws the form. */
  form(message?: string, user?: string): string;
  user: string;
  password: string;
  refuses: string;
  path?: string;
}

export function formLogin({ form, user, password, refuses, path = "/login" }: FormLogin): Routes {
  return {
    [`GET ${path}`]: (asked) => (asked.user ? redirect("/home") : html(form())),
    [`POST ${path}`]: (asked) => {
      const given = asked.form.get(user) ?? "";
      // As such apps did it: the form again with a message, and the status of success.
      if (!asked.site.allows(given, asked.form.get(password))) return html(form(refuses, given));
      asked.begin(given);
      return redirect("/home");
    },
  };
}

/** The login of apps whose page asks by itself: JSON there, JSON back. */
export function scriptLogin(pageOf: () => string, refuses: string, status = 401): Routes {
  return {
    "GET /login": (asked) => (asked.user ? redirect("/home") : html(pageOf())),
    "POST /api/login": (asked) => {
      const user = asked.form.get("user") ?? "";
      if (!asked.site.allows(user, asked.form.get("password")))
        return json({ ok: false, error: refuses }, status);
      asked.begin(user);
      return json({ ok: true, user });
    },
  };
}
