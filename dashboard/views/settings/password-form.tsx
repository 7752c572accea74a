import { useState } from "preact/hooks";
import { ApiError, inWords, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";

/** A person's own password; the hub ends that person's other sign-ins with it. */
export function PasswordForm() {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(undefined);
  const [changed, setChanged] = useState(false);
  const save = async () => {
    setChanged(false);
    setError(undefined);
    try {
      await put("/accounts/password", { current, password });
      setCurrent("");
      setPassword("");
      setChanged(true);
    } catch (e) {
      setError(e);
    }
  };
  const problemOf = (name: string) =>
    error instanceof ApiError ? error.fields.find((f) => f.field === name)?.message : undefined;
  return (
    <form
      class="card stack"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <h2>Your password</h2>
      <div class="two">
        <Field
          label="Password now"
          type="password"
          autocomplete="current-password"
          required
          value={current}
          problem={problemOf("current")}
          onInput={(e) => setCurrent(e.currentTarget.value)}
        />
        <Field
          label="New password"
          type="password"
          autocomplete="new-password"
          required
          minLength={10}
          maxLength={128}
          hint="at least 10 characters; a few words are good"
          value={password}
          problem={problemOf("password")}
          onInput={(e) => setPassword(e.currentTarget.value)}
        />
      </div>
      {error === undefined ? null : <Notice tone="bad">{inWords(error)}</Notice>}
      {changed ? (
        <Notice tone="good">Changed. You stay signed in here; everywhere else you are signed out.</Notice>
      ) : null}
      <div class="row">
        <button type="submit" class="primary">
          Change it
        </button>
      </div>
    </form>
  );
}
