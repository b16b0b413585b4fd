import { type App, typed } from "../app.ts";
import { formLogin } from "../form-login.ts";
import { complaint, page } from "../page.ts";

const refuses = "Credentials not accepted";

const form = (message?: string) =>
  page({
    title: "Badge office",
    body: `<form id="seen"><h2>Badge office</h2>${complaint(message)}
      <label for="n">Name</label><input id="n"><label for="k">Password</label><input id="k" type="password">
      <button>Sign in</button></form>
    <form id="sent" action="/login" method="post" hidden><input type="hidden" name="n"><input type="hidden" name="k"></form>
    <script>
      const [seen, sent] = document.forms;
      seen.addEventListener("submit", (event) => {
        event.preventDefault();
        sent.n.value = document.getElementById("n").value;
        sent.k.value = document.getElementById("k").value;
        seen.reset();
        sent.submit();
      });
    </script>`,
  });

export default {
  odd: "clears its fields and sends a hidden form in their place",
  account: { user: "gate.keeper", password: "Lanyard not lost" },
  person: typed("#n", "#k", "#seen button"),
  refuses,
  routes: formLogin({ form, user: "n", password: "k", refuses }),
} satisfies App;
