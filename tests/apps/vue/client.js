import { createApp } from "vue";

createApp({
  data: () => ({ user: "", password: "", error: "", who: "" }),
  methods: {
    async submit() {
      const body = JSON.stringify({ user: this.user, password: this.password });
      const headers = { "content-type": "application/json" };
      const answer = await (await fetch("/api/login", { method: "POST", headers, body })).json();
      this.error = answer.error ?? "";
      this.who = answer.user ?? "";
    },
  },
  template: `<h1 v-if="who">Signed in as {{ who }}</h1>
    <form v-else @submit.prevent="submit"><h1>Vacation</h1><p class="error">{{ error }}</p>
      <label for="user">User name</label><input id="user" v-model.trim="user">
      <label for="password">Password</label><input id="password" type="password" v-model.lazy="password">
      <button>Sign in</button></form>`,
}).mount("#root");
