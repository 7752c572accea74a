import { useState } from "preact/hooks";
import type { SessionInfo } from "../../hub/http/schemas.ts";
import { ApiError, inWords, post } from "../api.ts";
import { Field } from "../parts/field.tsx";
import { Hearth } from "../parts/hearth.tsx";
import { Notice } from "../parts/notice.tsx";
import { go } from "../router.ts";
import { session, signedInAs } from "../store.ts";

/** The first account, by the one-time link. The token came in the address's fragment, so no log has seen it. */
export function WelcomeView({ token }: { readonly token: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const who = session.value;
  const again = who.state === "signedIn" || (who.state === "signedOut" && !who.needsFirstAccount);

  const enter = async (path: string, body: object) => {
    setBusy(true);
    setError(undefined);
    try {
      const { name } = await post<SessionInfo>(path, { token, ...body });
      // The used link must not stay in the browser's history.
      go("#/home", true);
      signedInAs(name);
    } catch (e) {
      setError(e);
      setBusy(false);
    }
  };

  return (
    <main class="alone">
      <Hearth />
      <h1>{again ? "Welcome back" : "Welcome home"}</h1>
      {again ? (
        <>
          <p class="quiet">This house has an account. The link lets you in at once, or lets you set a new password.</p>
          <button type="button" class="primary wide" disabled={busy} onClick={() => void enter("/session", {})}>
            Sign in with this link
          </button>
        </>
      ) : (
        <p class="quiet">
          Choose a name and a password for this house. Both stay on the hub, and nothing here needs the internet.
        </p>
      )}
      <AccountForm
        again={again}
        busy={busy}
        error={error}
        onCreate={(name, password) => void enter("/accounts", { name, password })}
      />
    </main>
  );
}

interface FormProps {
  readonly again: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onCreate: (name: string, password: string) => void;
}

function AccountForm({ again, busy, error, onCreate }: FormProps) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const problemOf = (field: string) =>
    error instanceof ApiError ? error.fields.find((f) => f.field === field)?.message : undefined;
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        onCreate(name.trim(), password);
      }}
    >
      {error === undefined || problemOf("name") || problemOf("password") ? null : (
        <Notice tone="bad">{inWords(error)}</Notice>
      )}
      <Field
        label="Your name"
        name="name"
        autocomplete="username"
        required
        maxLength={60}
        value={name}
        problem={problemOf("name")}
        onInput={(e) => setName(e.currentTarget.value)}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autocomplete="new-password"
        required
        minLength={10}
        maxLength={128}
        hint="At least 10 characters; a few words make a good one."
        value={password}
        problem={problemOf("password")}
        onInput={(e) => setPassword(e.currentTarget.value)}
      />
      <button type="submit" class={`wide ${again ? "" : "primary"}`} disabled={busy}>
        {busy ? "One moment …" : again ? "Set this password" : "Come in"}
      </button>
    </form>
  );
}
