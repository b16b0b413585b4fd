import { html, json, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { page } from "../page.ts";

const refuses = "Usuário ou senha incorretos";

const login = page({
  title: "Banco interno",
  lang: "pt",
  era: "flat",
  head: "<style>.boxes input { width: 44px !important; display: inline-block; text-align: center; margin-right: 6px; }</style>",
  body: `<div id="app"><form id="a"><h1>Entrar</h1><p class="error"></p>
      <label for="u">Utilizador</label><input id="u"><label for="s">Palavra-passe</label><input id="s" type="password">
      <button>Continuar</button></form></div>
    <script>
      const app = document.getElementById("app");
      const post = async (path, value) => (await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) })).json();
      app.addEventListener("submit", async (event) => {
        event.preventDefault();
        const { ok, error } = await post("/api/login", { user: document.getElementById("u").value, password: document.getElementById("s").value });
        if (!ok) { app.querySelector(".error").textContent = error; return; }
        app.innerHTML = '<h1>Código</h1><p>Introduza o código de 6 dígitos</p><p class="error"></p><div class="boxes">' +
          Array.from({ length: 6 }, (_, at) => '<input inputmode="numeric" maxlength="1" aria-label="Dígito ' + (at + 1) + '">').join("") + "</div>";
        const boxes = [...app.querySelectorAll(".boxes input")];
        boxes[0].focus();
        for (const [at, box] of boxes.entries()) box.addEventListener("input", async () => {
          if (box.value) boxes[at + 1]?.focus();
          const code = boxes.map(({ value }) => value).join("");
          if (code.length < 6) return;
          const answer = await post("/api/code", { code });
          if (answer.ok) location.href = "/home"; else app.querySelector(".error").textContent = "Código errado";
        });
      });
    </script>`,
});

export default {
  odd: "a one-time code over six boxes that send themselves, swapped in for the login",
  account: { user: "joana.reis", password: "Azulejo-Azul", seed: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" },
  person: [...typed("#u", "#s", "button"), { into: ".boxes input:first-child", type: "code" }],
  refuses,
  routes: {
    "GET /login": (asked) => (asked.user ? redirect("/home") : html(login)),
    "POST /api/login": (asked) => {
      const user = asked.form.get("user") ?? "";
      if (!asked.site.allows(user, asked.form.get("password"))) return json({ ok: false, error: refuses });
      asked.begin(user, "half");
      return json({ ok: true });
    },
    "POST /api/code": (asked) => {
      if (!asked.half || !asked.site.allowsCode(asked.form.get("code"))) return json({ ok: false });
      asked.begin(asked.half);
      return json({ ok: true });
    },
  },
} satisfies App;
