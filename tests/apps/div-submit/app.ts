import { type App, typed } from "../app.ts";
import { scriptLogin } from "../form-login.ts";
import { page } from "../page.ts";

const refuses = "用户名或密码错误";

const login = () =>
  page({
    title: "考勤系统",
    lang: "zh-CN",
    head: "<style>.btn-login { background: #c33; color: #fff; padding: 9px; text-align: center; margin-top: 14px; cursor: pointer; }</style>",
    body: `<div class="box"><h2>用户登录</h2>
      <div class="row"><label>用户名</label><input class="txt" name="username" placeholder="请输入用户名"></div>
      <div class="row"><label>密码</label><input class="txt" name="pwd" type="password" placeholder="请输入密码"></div>
      <p class="error"></p><div class="btn-login">登 录</div></div>
    <script>
      const value = (name) => document.getElementsByName(name)[0].value;
      document.querySelector(".btn-login").onclick = async () => {
        const answer = await fetch("/api/login", { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" },
          body: new URLSearchParams({ user: value("username"), password: value("pwd") }) });
        if (answer.ok) location.replace("/home");
        else document.querySelector(".error").textContent = (await answer.json()).error;
      };
    </script>`,
  });

export default {
  odd: "a div is the button, and Enter does nothing",
  account: { user: "wangwei", password: "Kaoqin_2016" },
  person: typed("[name=username]", "[name=pwd]", ".btn-login"),
  refuses,
  routes: scriptLogin(login, refuses),
} satisfies App;
