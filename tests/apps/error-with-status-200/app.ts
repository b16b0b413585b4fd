import { type App, typed } from "../app.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "Tên đăng nhập hoặc mật khẩu không đúng";

const login = () =>
  page({
    title: "Chấm công",
    lang: "vi",
    body: `<form id="f" onsubmit="return send()"><h2>Đăng nhập</h2><p class="error" id="e"></p>
      <label for="u">Tên đăng nhập</label><input id="u" name="user">
      <label for="m">Mật khẩu</label><input id="m" name="password" type="password"><button>Đăng nhập</button></form>
    <script>
      function send() {
        const request = new XMLHttpRequest();
        request.open("POST", "/api/login");
        request.setRequestHeader("content-type", "application/json");
        request.onload = () => {
          const said = JSON.parse(request.responseText);
          if (said.ok) location.href = "/home"; else document.getElementById("e").textContent = said.error;
        };
        request.send(JSON.stringify(Object.fromEntries(new FormData(document.getElementById("f")))));
        return false;
      }
    </script>`,
  });

export default {
  odd: "XMLHttpRequest, and a refusal with the status of success",
  account: { user: "nguyen.thi", password: "Phở bò tái" },
  person: typed("#u", "#m", "button"),
  refuses,
  routes: scriptLogin(login, refuses, 200),
} satisfies App;
