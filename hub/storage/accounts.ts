import type { Account, Clock, Session, Store } from "../ports.ts";
import type { Connection } from "./connect.ts";
import { codeOf, StoreError } from "./error.ts";

const MAX_ACCOUNTS = 100;
/** A person's further sign-ins end the oldest session. */
const MAX_SESSIONS = 50;

const accountColumns = "SELECT id, name, password_hash AS passwordHash, created_at AS createdAt FROM account";

/** People and their sessions; each change is committed before the call returns. Names differ by more than case. */
export function accountsOf(db: Connection, clock: Clock): Store["accounts"] {
  const account = (where: string, value: string): Account | undefined =>
    db.prepare<[string], Account>(`${accountColumns} WHERE ${where} = ?`).get(value);
  const count = (): number => db.prepare<[], number>("SELECT count(*) FROM account").pluck().get() ?? 0;

  return {
    count,
    /** Throws StoreError `conflict` for a name or id that is taken, `too-many` at 100 accounts. */
    create(person) {
      if (count() >= MAX_ACCOUNTS)
        throw new StoreError("too-many", `there are already ${MAX_ACCOUNTS} accounts`, "remove one that is not used");
      try {
        db.prepare(
          "INSERT INTO account (id, name, password_hash, created_at) VALUES (@id, @name, @passwordHash, @createdAt)",
        ).run(person);
      } catch (error) {
        if (!codeOf(error).startsWith("SQLITE_CONSTRAINT")) throw error;
        throw new StoreError(
          "conflict",
          `there is already an account named ${person.name}`,
          "choose another name",
          error,
        );
      }
    },
    byName: (name) => account("name", name),
    byId: (id) => account("id", id),
    setPassword(id, passwordHash) {
      db.prepare<[string, string]>("UPDATE account SET password_hash = ? WHERE id = ?").run(passwordHash, id);
    },
    addSession(session) {
      db.transaction(() => {
        db.prepare<[number]>("DELETE FROM session WHERE expires_at <= ?").run(clock.now());
        db.prepare(
          "INSERT INTO session (token_hash, account, created_at, expires_at) VALUES (@tokenHash, @account, @createdAt, @expiresAt)",
        ).run(session);
        db.prepare<[string, number]>(
          `DELETE FROM session WHERE token_hash IN
             (SELECT token_hash FROM session WHERE account = ? ORDER BY created_at DESC, rowid DESC LIMIT -1 OFFSET ?)`,
        ).run(session.account, MAX_SESSIONS);
      })();
    },
    /** Undefined for an unknown session and for one that has expired. */
    session: (tokenHash) =>
      db
        .prepare<[string, number], Session>(
          `SELECT token_hash AS tokenHash, account, created_at AS createdAt, expires_at AS expiresAt
           FROM session WHERE token_hash = ? AND expires_at > ?`,
        )
        .get(tokenHash, clock.now()),
    endSession(tokenHash) {
      db.prepare<[string]>("DELETE FROM session WHERE token_hash = ?").run(tokenHash);
    },
    endSessionsOf(person) {
      db.prepare<[string]>("DELETE FROM session WHERE account = ?").run(person);
    },
  };
}
