import { createHash, randomBytes } from "node:crypto";
import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "아이디 또는 비밀번호가 올바르지 않습니다.";
const challenges = new Set<string>();

function form(message?: string, user = ""): string {
  const challenge = randomBytes(8).toString("hex");
  challenges.add(challenge);
  return page({
    title: "그룹웨어",
    lang: "ko",
    era: "tables",
    body: `<form name="f" action="/login" method="post"><h1>그룹웨어</h1>${complaint(message)}
      <input type="hidden" name="challenge" value="${challenge}"><input type="hidden" name="response"><table>
      <tr><td>아이디</td><td><input name="id" value="${escapeHtml(user)}"></td></tr>
      <tr><td>비밀번호</td><td><input name="pw" type="password"></td></tr>
      <tr><td></td><td><button>로그인</button></td></tr></table></form>
    <script>
      document.f.addEventListener("submit", async (event) => {
        event.preventDefault();
        const f = document.f;
        const words = new TextEncoder().encode(f.challenge.value + f.pw.value);
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", words));
        const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        f.pw.value = hex;
        f.response.value = hex;
        f.submit();
      });
    </script>`,
  });
}

export default {
  odd: "writes a hash into the password field before it is sent",
  account: { user: "minji", password: "Hangang-Bridge" },
  person: typed("[name=id]", "[name=pw]", "button"),
  refuses,
  routes: {
    "GET /login": (asked) => (asked.user ? redirect("/home") : html(form())),
    "POST /login": (asked) => {
      const user = asked.form.get("id") ?? "";
      const challenge = asked.form.get("challenge") ?? "";
      const right = createHash("sha256")
        .update(challenge + asked.site.password)
        .digest("hex");
      const ok = challenges.delete(challenge) && asked.form.get("response") === right;
      if (!asked.site.allows(user, ok ? asked.site.password : null)) return html(form(refuses, user));
      asked.begin(user);
      return redirect("/home");
    },
  },
} satisfies App;
