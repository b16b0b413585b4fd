// Login pages that differ in what they do with what was typed, and in how they answer. `alice` with `correct horse` is let in.

type Answer = { status: number; body: string; headers?: Record<string, string> };

const USER = `<p><label>User name <input name="user" autocomplete="username"></label></p>`;
const PASS = `<p><label>Password <input type="password" name="pass" autocomplete="current-password"></label></p>`;
const SEND = `<button type="submit">Log in</button>`;
const form = (action: string, fields = USER + PASS, more = "") =>
  `<form id="form" method="post" action="${action}" ${more}>${fields}${SEND}</form><p id="said"></p>`;
const script = (text: string) => `<script>${text}</script>`;
const REPLACE = `document.getElementById("form").outerHTML = "<h1>Welcome alice</h1>"`;
/** A page that sends what was typed itself. */
const sends = (path: string, send: string) =>
  form("/none") +
  script(`document.getElementById("form").onsubmit = (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(event.target));
    const done = (ok, text) => { if (ok) ${REPLACE}; else said.textContent = text };
    ${send.replace("PATH", path)} }`);
const BY_FETCH = `fetch("PATH", { method: "POST", body }).then(async (answer) => done(answer.ok && /in$/.test(await answer.text()), "Wrong password"))`;
const BY_XHR = `const request = new XMLHttpRequest(); request.open("POST", "PATH");
  request.onload = () => done(request.status === 200, "Wrong password"); request.send(body)`;
const CHANGE = (
  error = "",
) => `<h1>Change your password</h1><p>${error}</p><form method="post" action="/o/change">
  <p><label>Current password <input type="password" name="old" autocomplete="current-password"></label></p>
  <p><label>New password <input type="password" name="new" autocomplete="new-password" passwordrules="minlength: 10; required: digit"></label></p>
  <p><label>Repeat new password <input type="password" name="again" autocomplete="new-password"></label></p>
  <button type="submit">Change password</button></form>`;

/** By path, below /o/. */
export const OUTCOME_PAGES: Record<string, string> = {
  "/o/plain": form("/o/login"),
  "/o/redirects": form("/o/redirects"),
  "/o/status": form("/o/status"),
  "/o/elsewhere": form("/o/elsewhere"),
  "/o/fetch": sends("/o/api", BY_FETCH),
  "/o/fetch-200": sends("/o/api-200", BY_FETCH),
  "/o/xhr": sends("/o/api", BY_XHR),
  "/o/swap":
    form("/none") +
    script(`document.getElementById("form").onsubmit = (event) => { event.preventDefault(); ${REPLACE} }`),
  "/o/clears":
    form("/none") +
    script(`document.getElementById("form").onsubmit = (event) => {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(event.target));
      event.target.reset();
      fetch("/o/api", { method: "POST", body }).then((answer) => { if (answer.ok) location.href = "/home" }) }`),
  "/o/hashes":
    form("/o/hashed") +
    script(`document.getElementById("form").onsubmit = () => {
      const field = document.querySelector("[name=pass]"); field.value = [...field.value].reverse().join("") }`),
  "/o/first": `<h1>Sign in</h1>${form("/o/first", USER).replace("Log in", "Next")}`,
  "/o/second": form("/o/second", PASS),
  "/o/steps":
    `<h1>Sign in</h1><div id="box"><label>User name <input name="user" autocomplete="username"></label><button type="button">Next</button></div>` +
    script(`const box = document.getElementById("box");
      box.querySelector("button").onclick = () => {
        const user = box.querySelector("input").value;
        box.innerHTML = '<label>Password <input type="password" name="pass" autocomplete="current-password"></label><button type="button">Log in</button>';
        box.querySelector("button").onclick = async () => {
          const body = new URLSearchParams({ user, pass: box.querySelector("input").value });
          const { ok } = await fetch("/o/api", { method: "POST", body });
          if (ok) box.innerHTML = "<h1>Welcome alice</h1>";
        };
      };`),
  "/o/sign-up": `<h1>Create your account</h1><form method="post" action="/o/sign-up">
    <p><label>E-mail <input type="email" name="user" autocomplete="username"></label></p>
    <p><label>Choose a password <input type="password" name="pass" autocomplete="new-password"></label></p>
    <button type="submit">Sign up</button></form>`,
  "/o/change": CHANGE(),
  "/o/once-more": form("/o/once-more"),
  "/o/again": `<meta http-equiv="refresh" content="1;url=/home">${form("/o/login")}`,
  "/o/closed":
    `<div id="host"></div>` +
    script(`const root = host.attachShadow({ mode: "closed" });
      root.innerHTML = \`<form>${USER}${PASS}<button>Log in</button></form>\`;
      root.querySelector("form").onsubmit = (event) => {
        event.preventDefault();
        fetch("/o/api", { method: "POST", body: new URLSearchParams(new FormData(event.target)) })
          .then(({ ok }) => { if (ok) host.outerHTML = "<h1>Welcome alice</h1>" });
      };`),
  "/o/portal": `<h1>Portal</h1><iframe src="/o/in-frame" width="500" height="300"></iframe>`,
  "/o/in-frame": form("/o/login", USER + PASS, `target="_top"`),
  "/o/frames": `<frameset cols="30%,*"><frame name="menu" src="/o/menu"><frame name="main" src="/plain"></frameset>`,
  "/o/menu": form("/o/login", USER + PASS, `target="main"`),
};

/** What a form is answered with; null where it is none of these. */
export function answer_outcome(path: string, typed: URLSearchParams): Answer | null {
  const [user, pass] = [typed.get("user"), typed.get("pass")];
  const is_right = user === "alice" && pass === "correct horse";
  const to = (location: string): Answer => ({ status: 303, body: "", headers: { location } });
  const wrong = (body: string): Answer => ({
    status: 200,
    body: `<p>Wrong user name or password</p>${body}`,
  });
  switch (path) {
    case "/o/login":
      return is_right ? to("/home") : wrong(form("/o/login"));
    case "/o/redirects":
      return is_right ? to("/o/hop") : to("/o/plain");
    case "/o/status":
      return { status: 403, body: "<h1>Not allowed</h1>" };
    case "/o/api":
      return { status: is_right ? 200 : 401, body: is_right ? "in" : "no" };
    case "/o/api-200":
      return { status: 200, body: is_right ? "in" : "no" };
    case "/o/hashed":
      return user === "alice" && pass === "esroh tcerroc" ? to("/home") : wrong(form("/o/hashed"));
    case "/o/first":
      return to("/o/second");
    case "/o/second":
      return pass === "correct horse" ? to("/home") : wrong(form("/o/second", PASS));
    case "/o/sign-up":
      return to("/home");
    case "/o/change":
      if (typed.get("old") !== "correct horse")
        return { status: 200, body: CHANGE("Your current password is not right.") };
      return to("/home");
    case "/o/once-more":
      return is_right ? to("/o/again") : wrong(form("/o/once-more"));
    default:
      return null;
  }
}
