// What the finder says about fields, on small pages in Chromium, each with one thing that is odd about it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Known } from "../src/content/finder/found.ts";
import { type IsolatedPages, start_isolated_pages } from "./isolated-page.ts";

type Judgement = typeof globalThis.judgement;
type Form = ReturnType<Judgement["forms"]>[number];

let pages: IsolatedPages<Judgement>;

before(async () => {
  pages = await start_isolated_pages<Judgement>("finder-fields-entry.ts", "judgement");
});
after(() => pages.close());

async function forms(html: string, known: Partial<Known> = {}): Promise<Form[]> {
  const { call } = await pages.open(html);
  return call("forms", known);
}

async function best(html: string, known: Partial<Known> = {}): Promise<Partial<Form>> {
  return (await forms(html, known))[0] ?? {};
}

function assert_says(form: Partial<Form>, wanted: Partial<Form>): void {
  const said = Object.fromEntries(Object.keys(wanted).map((key) => [key, form[key as keyof Form]]));
  assert.deepEqual(said, wanted);
}

const LOGIN = `<form action=/login><h2>Log in</h2><label>User name <input name=u></label>
  <label>Password <input type=password name=p></label><button>Log in</button></form>`;

describe("a login", () => {
  test("in a form", async () => {
    assert_says(await best(LOGIN), {
      purpose: "login",
      evidence: "page",
      username: "u",
      current: "p",
      fresh: [],
      extras: [],
      submit: "Log in",
    });
  });

  for (const [language, html] of Object.entries({
    Japanese: `<h1>ログイン</h1>会員ID <input name=a> パスワード <input type=password name=b><button>ログイン</button>`,
    Russian: `<h1>Вход</h1>Логин <input name=a> Пароль <input type=password name=b><button>Войти</button>`,
    Arabic: `<h1>تسجيل الدخول</h1>اسم المستخدم <input name=a> كلمة المرور <input type=password name=b><button>دخول</button>`,
    Polish: `<h1>Zaloguj się</h1>Nazwa użytkownika <input name=a> Hasło <input type=password name=b><button>Zaloguj</button>`,
    Greek: `<h1>Σύνδεση</h1>Όνομα χρήστη <input name=a> Κωδικός <input type=password name=b><button>Σύνδεση</button>`,
    Korean: `<h1>로그인</h1>아이디 <input name=a> 비밀번호 <input type=password name=b><button>로그인</button>`,
  }))
    test(`in ${language}`, async () => {
      assert_says(await best(`<form>${html}</form>`), { purpose: "login", username: "a", current: "b" });
    });

  test("whose password is called a PIN", async () => {
    const form = await best(`<form><label>Kontonummer <input type=number name=a></label>
      <label>PIN <input type=password inputmode=numeric name=pin></label><button>Weiter</button></form>`);
    assert_says(form, { purpose: "login", username: "a", current: "pin" });
  });

  test("without any form", async () => {
    const page = `<div><h1>Sign in</h1><input name=u placeholder=Email><input type=password name=p><div><button>Sign in</button></div></div>`;
    assert_says(await best(page), { purpose: "login", username: "u", current: "p", submit: "Sign in" });
  });

  for (const type of ["tel", "search", "number"])
    test(`with a user name of type ${type}`, async () => {
      const page = `<form><h1>Login</h1><input type=${type} name=member placeholder="Member number"><input type=password name=p><button>Login</button></form>`;
      assert_says(await best(page), { purpose: "login", username: "member", current: "p" });
    });

  test("in a page that is one form, behind a search box that has a button of its own", async () => {
    const page = `<form id=aspnetForm><input name=ctl00$txtSearch placeholder=Search><input type=submit name=ctl00$btnSearch value=Search>
      <table><tr><td>User name<td><input name=ctl00$Login1$UserName><tr><td>Password<td><input type=password name=ctl00$Login1$Password>
      <tr><td><input type=submit name=ctl00$Login1$LoginButton value="Log In"></table>
      <input name=ctl00$txtNewsletter placeholder="Your e-mail for our newsletter"><input type=submit value=Subscribe></form>`;
    assert_says(await best(page), {
      purpose: "login",
      username: "ctl00$Login1$UserName",
      current: "ctl00$Login1$Password",
      submit: "Log In",
    });
  });

  test("with ids as JSF makes them", async () => {
    const page = `<form id=loginForm><label for="loginForm:user_input">Login</label><input id="loginForm:user_input" name="loginForm:user_input">
      <input type=password name="loginForm:j_password"><button>OK</button></form>`;
    assert_says(await best(page), { username: "loginForm:user_input", current: "loginForm:j_password" });
  });

  test("beside a sign-up in one form", async () => {
    const page = `<form><h3>Login</h3><input name=email placeholder=Email><input type=password name=password><input type=submit value=Login>
      <h3>Register</h3><input name=r_name placeholder="Full name"><input name=r_email placeholder=Email>
      <input type=password name=r_pass placeholder="Choose a password"><input type=password name=r_pass2 placeholder="Repeat password"><input type=submit value=Register></form>`;
    const [login, sign_up] = await forms(page);
    assert_says(login ?? {}, { purpose: "login", username: "email", current: "password", submit: "Login" });
    assert_says(sign_up ?? {}, { purpose: "sign-up", current: null, fresh: ["r_pass", "r_pass2"] });
  });

  test("with a tenant from a list and a company", async () => {
    const page = `<form><h1>Log in</h1><input name=company placeholder="Company ID"><select name=tenant aria-label=Tenant><option>a<option>b</select>
      <input name=user placeholder=User><input type=password name=p><button>Log in</button></form>`;
    assert_says(await best(page), { purpose: "login", username: "user", extras: ["company", "tenant"] });
  });

  test("with a password as plain text", async () => {
    const page = `<form><h1>Sign in</h1><input name=user placeholder=User><input name=password placeholder=Password><button>Sign in</button></form>`;
    assert_says(await best(page), { purpose: "login", username: "user", current: "password" });
  });

  test("with a password that a style sheet masks", async () => {
    const page = `<form><h1>Sign in</h1><input name=user placeholder=User><input name=q1 style="-webkit-text-security:disc"><button>Sign in</button></form>`;
    assert_says(await best(page), { purpose: "login", username: "user", current: "q1" });
  });

  test("with a decoy that people do not see, and a hidden double", async () => {
    const page = `<form><h1>Sign in</h1><input name=email2 style="position:absolute;left:-9999px"><input name=user placeholder=User>
      <input type=password name=old style="display:none"><input type=password name=p><button>Sign in</button></form>`;
    assert_says(await best(page), { purpose: "login", username: "user", current: "p", fresh: [] });
  });

  test("with a one-time code beside the password", async () => {
    const page = `<form><h1>Log in</h1><input name=user placeholder=User><input type=password name=p>
      <input name=otp autocomplete=one-time-code placeholder="Authenticator code"><button>Log in</button></form>`;
    assert_says(await best(page), {
      purpose: "login",
      username: "user",
      current: "p",
      code: ["otp"],
      extras: [],
    });
  });

  test("in a shadow root", async () => {
    const { call } = await pages.open("<login-box></login-box>");
    await call("attach", "login-box", LOGIN);
    assert_says((await call("forms"))[0] ?? {}, {
      purpose: "login",
      username: "u",
      current: "p",
      submit: "Log in",
    });
  });

  test("with its button in a shadow root", async () => {
    const { call } = await pages.open(
      "<form><input name=u placeholder=User><input type=password name=p><my-button></my-button></form>",
    );
    await call("attach", "my-button", "<button>Log in</button>");
    assert_says((await call("forms"))[0] ?? {}, { purpose: "login", submit: "Log in" });
  });

  test("with its button in a shadow root outside of its form", async () => {
    const { call } = await pages.open(
      "<div><form><input name=u placeholder=User><input type=password name=p></form><my-button></my-button></div>",
    );
    await call("attach", "my-button", "<button>Log in</button>");
    assert_says((await call("forms"))[0] ?? {}, { purpose: "login", submit: "Log in" });
  });

  const OTHER = LOGIN.replace("name=u", "name=other id=other");

  test("in a shadow root, before another one once somebody is in it", async () => {
    const { call } = await pages.open(`${LOGIN}<login-box></login-box>`);
    await call("attach", "login-box", OTHER);
    const names = async () => (await call("forms")).map(({ username }) => username);
    assert.deepEqual(await names(), ["u", "other"]);
    await call("focus", "login-box", "#other");
    assert.deepEqual(await names(), ["other", "u"]);
  });

  for (const [name, html] of Object.entries({
    "a login that cannot be seen": `<div hidden>${LOGIN}</div>`,
    "what opens an account": `<form><input name=mail type=email><input type=password name=p autocomplete=new-password>
      <input type=password name=again><button>Sign up</button></form>`,
    "a search": "<form><input name=q placeholder=Search><button>Search</button></form>",
  }))
    test(`in a shadow root beside ${name}`, async () => {
      const { call } = await pages.open(`${html}<login-box></login-box>`);
      await call("attach", "login-box", OTHER);
      assert_says((await call("forms"))[0] ?? {}, { purpose: "login", username: "other", submit: "Log in" });
    });
});

describe("one step", () => {
  test("for the user name", async () => {
    const page = `<form><h1>Sign in</h1><input type=email name=loginfmt placeholder="Email or phone"><button>Next</button></form>`;
    assert_says(await best(page), { purpose: "username-step", username: "loginfmt", current: null });
  });

  test("for the password, with the user name to be read", async () => {
    const page = `<form><h1>Enter password</h1><input name=user value=alice readonly><input type=password name=p autocomplete=current-password><button>Sign in</button></form>`;
    assert_says(await best(page), { current: "p", fresh: [] });
  });

  test("for a code in one box", async () => {
    const page = `<form><p>Enter the verification code</p><input name=code aria-label="Verification code" maxlength=6 inputmode=numeric><button>Verify</button></form>`;
    assert_says(await best(page), { purpose: "one-time-code", code: ["code"] });
  });

  test("for a code in six boxes", async () => {
    const boxes = Array.from(
      { length: 6 },
      (_, at) => `<input name=d${at} maxlength=1 inputmode=numeric>`,
    ).join("");
    assert_says(await best(`<form><p>Enter the code</p>${boxes}<button>Verify</button></form>`), {
      purpose: "one-time-code",
      code: ["d0", "d1", "d2", "d3", "d4", "d5"],
    });
  });
});

describe("new passwords", () => {
  test("of a sign-up", async () => {
    const page = `<form action=/register><h1>Create an account</h1><input name=name placeholder=Name><input type=email name=email>
      <input type=password name=p><button>Register</button></form>`;
    assert_says(await best(page), { purpose: "sign-up", current: null, fresh: ["p"] });
  });

  test("of a change, the current one first", async () => {
    const page = `<form><h1>Change password</h1>Old password <input type=password name=a>New password <input type=password name=b>Confirm <input type=password name=c><button>Save</button></form>`;
    assert_says(await best(page), { purpose: "change-password", current: "a", fresh: ["b", "c"] });
  });

  test("of a change, the current one last", async () => {
    const page = `<form><h1>Change password</h1>New password <input type=password name=b>Confirm new password <input type=password name=c>Current password <input type=password name=a><button>Save</button></form>`;
    assert_says(await best(page), { purpose: "change-password", current: "a", fresh: ["b", "c"] });
  });

  test("of a reset", async () => {
    const page = `<form><h1>Reset your password</h1>New password <input type=password name=b>Repeat <input type=password name=c><button>Change password</button></form>`;
    assert_says(await best(page), { purpose: "change-password", current: null, fresh: ["b", "c"] });
  });
});

describe("no login", () => {
  for (const [what, html] of Object.entries({
    search: `<form role=search><input name=q placeholder=Search><button>Search</button></form>`,
    newsletter: `<form><h3>Newsletter</h3><input type=email name=email placeholder="Your e-mail"><button>Subscribe</button></form>`,
    contact: `<form><h2>Contact us</h2><input name=name placeholder=Name><input type=email name=email><textarea name=m></textarea><button>Send</button></form>`,
    comment: `<form><h3>Leave a comment</h3><textarea name=c></textarea><input name=author placeholder=Name><input name=email placeholder=Email><button>Post comment</button></form>`,
    "forgotten password": `<form><h1>Forgot your password?</h1><input type=email name=email><button>Reset password</button></form>`,
    card: `<form><h1>Payment</h1><input name=card placeholder="Card number"><input type=password name=cvc placeholder=CVC maxlength=4><button>Pay</button></form>`,
  }))
    test(`in a form for ${what}`, async () => {
      const found = await forms(html);
      assert.deepEqual(
        found.flatMap(({ username, current }) => [username, current].filter((name) => name !== null)),
        [],
      );
    });
});

describe("a lone password", () => {
  const LONE = `<form><input type=password name=p></form>`;

  test("is left alone on an unknown page", async () => {
    assert_says(await best(LONE), { current: "p", evidence: "lone-password" });
  });

  test("is the current one on an app's page", async () => {
    assert_says(await best(LONE, { is_app: true }), { current: "p", evidence: "page", fresh: [] });
  });
});

describe("what is known of a page", () => {
  test("comes before what it shows, and the rest of the form is kept", async () => {
    const app = { username: "u", current_password: "#none" };
    assert_says(await best(LOGIN, { app }), {
      evidence: "app",
      username: "u",
      current: "p",
      submit: "Log in",
    });
  });

  test("of an app comes before what was learned", async () => {
    const page = `${LOGIN}<input name=other>`;
    assert_says(await best(page, { app: { username: "u" }, learned: { username: "other" } }), {
      evidence: "app",
      username: "u",
    });
  });

  test("that fits nothing leaves the finder to itself", async () => {
    assert_says(await best(LOGIN, { learned: { username: "#gone" } }), { evidence: "page", username: "u" });
  });
});

test("the form with the focus is first", async () => {
  const { call } = await pages.open(
    `${LOGIN}<form><h2>Register</h2><input name=e placeholder=Email><input type=password name=n1 placeholder="Choose a password"><input type=password name=n2 placeholder="Repeat password"><button>Register</button></form>`,
  );
  assert.equal((await call("forms"))[0]?.purpose, "login");
  await call("focus", "[name=n1]");
  assert.equal((await call("forms"))[0]?.purpose, "sign-up");
});

test("a page with 5,000 inputs is answered, and its login found", async () => {
  const inputs = Array.from({ length: 2_500 }, (_, at) => `<input name=f${at}>`).join("");
  assert_says(await best(`<form>${inputs}</form>${LOGIN}<form>${inputs}</form>`), {
    purpose: "login",
    username: "u",
    current: "p",
  });
});

test("a form whose fields are called like its properties is read like any other", async () => {
  const page = `<form><h1>Log in</h1><input type=hidden name=textContent><input type=hidden name=getAttribute><input type=hidden name=querySelectorAll>
    <input name=id placeholder="User name"><input type=password name=action placeholder=Password><button>Log in</button></form>`;
  assert_says(await best(page), { purpose: "login", username: "id", current: "action" });
});
