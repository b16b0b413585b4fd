import { useState } from "react";
import { createRoot } from "react-dom/client";

function Login() {
  const [values, setValues] = useState({ user: "", password: "" });
  const [state, setState] = useState({});
  const change = ({ target }) => setValues((before) => ({ ...before, [target.id]: target.value }));
  const submit = async (event) => {
    event.preventDefault();
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/api/login", { method: "POST", headers, body: JSON.stringify(values) });
    setState(await answer.json());
  };
  if (state.ok) return <h1>Signed in as {state.user}</h1>;
  return (
    <form onSubmit={submit}>
      <h1>Rota</h1>
      <p className="error">{state.error}</p>
      <label htmlFor="user">User name</label>
      <input id="user" value={values.user} onChange={change} />
      <label htmlFor="password">Password</label>
      <input id="password" type="password" value={values.password} onChange={change} />
      <button type="submit" disabled={!values.user || !values.password}>
        Sign in
      </button>
    </form>
  );
}

createRoot(document.getElementById("root")).render(<Login />);
