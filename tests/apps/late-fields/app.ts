import { setTimeout } from "node:timers/promises";
import { json } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "Kullanıcı adı veya parola hatalı";

const login = () =>
  page({
    title: "İzin talepleri",
    lang: "tr",
    era: "flat",
    body: `<div id="root">Yükleniyor…</div><script>
      (async () => {
        const { fields, button } = await (await fetch("/api/form")).json();
        const form = document.createElement("form");
        form.append(Object.assign(document.createElement("p"), { className: "error" }));
        for (const { name, label, type } of fields) {
          const word = Object.assign(document.createElement("label"), { htmlFor: name, textContent: label });
          form.append(word, Object.assign(document.createElement("input"), { id: name, name, type }));
        }
        form.append(Object.assign(document.createElement("button"), { textContent: button }));
        form.addEventListener("submit", async (event) => {
          event.preventDefault();
          const body = JSON.stringify(Object.fromEntries(new FormData(form)));
          const answer = await fetch("/api/login", { method: "POST", headers: { "content-type": "application/json" }, body });
          if (answer.ok) location.href = "/home";
          else form.querySelector("p").textContent = (await answer.json()).error;
        });
        document.getElementById("root").replaceChildren(form);
      })();
    </script>`,
  });

export default {
  odd: "the fields come from the server, a second after the page",
  account: { user: "ayse.yilmaz", password: "Deniz*Kum" },
  person: typed("#user", "#password", "button"),
  refuses,
  routes: {
    ...scriptLogin(login, refuses),
    "GET /api/form": async () => {
      await setTimeout(1000);
      return json({
        fields: [
          { name: "user", label: "Kullanıcı adı", type: "text" },
          { name: "password", label: "Parola", type: "password" },
        ],
        button: "Giriş yap",
      });
    },
  },
} satisfies App;
