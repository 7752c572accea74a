import { useState } from "preact/hooks";
import { inWords, post } from "../api.ts";
import { Field } from "../parts/field.tsx";
import { Hearth } from "../parts/hearth.tsx";
import { Notice } from "../parts/notice.tsx";
import { signedInAs } from "../store.ts";

/** Signing in, or where to find the one-time link while no account exists. */
export function SignInView({ needsFirstAccount }: { readonly needsFirstAccount: boolean }) {
  if (needsFirstAccount)
    return (
      <main class="alone">
        <Hearth />
        <h1>Inglenook</h1>
        <p>
          Nobody lives here yet. The hub printed a one-time link when it started; open it to make the first account.
        </p>
      </main>
    );
  return <SignInForm />;
}

function SignInForm() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const enter = async () => {
    setBusy(true);
    setProblem("");
    try {
      await post("/session", { name: name.trim(), password });
      signedInAs(name.trim());
    } catch (error) {
      setProblem(inWords(error));
      setBusy(false);
    }
  };
  return (
    <main class="alone">
      <Hearth />
      <h1>Inglenook</h1>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void enter();
        }}
      >
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        <Field
          label="Your name"
          name="name"
          autocomplete="username"
          required
          maxLength={60}
          value={name}
          onInput={(e) => setName(e.currentTarget.value)}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          value={password}
          onInput={(e) => setPassword(e.currentTarget.value)}
        />
        <button type="submit" class="primary wide" disabled={busy}>
          {busy ? "One moment …" : "Sign in"}
        </button>
      </form>
    </main>
  );
}
