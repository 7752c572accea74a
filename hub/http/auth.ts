import { randomUUID } from "node:crypto";
import type { Account, Hub } from "../ports.ts";
import { Limiter } from "./limiter.ts";
import { hashToken, newToken, OneTimeToken } from "./one-time-token.ts";
import { Busy, hashPassword, passwordFits, weakness } from "./passwords.ts";

const LIFE_MS = 30 * 24 * 3_600_000;
const CLOCK_SLACK_MS = 5 * 60_000;
/** The first account's id: the one-time link signs in as this one. */
const OWNER = "owner";

/** Who asks. */
export interface Who {
  readonly account: string;
  readonly name: string;
  /** SHA-256 of the session's token. */
  readonly session: string;
}

export type SignedIn =
  | { readonly ok: true; readonly name: string; readonly token: string; readonly maxAgeS: number }
  | { readonly ok: false; readonly why: "wrong" | "busy" | "noAccount" }
  | { readonly ok: false; readonly why: "wait"; readonly retryAfterS: number }
  | { readonly ok: false; readonly why: "weak"; readonly message: string };

/** Accounts and sessions. Tokens are stored as hashes only; a password is nowhere but in its own call. */
export class Auth {
  readonly #hub: Hub;
  readonly #link: OneTimeToken;
  readonly #limiter = new Limiter();
  readonly #onEnd: (session: string | { readonly account: string }) => void;

  constructor(hub: Hub, link: () => string | undefined, onEnd: (session: string | { account: string }) => void) {
    this.#hub = hub;
    this.#link = new OneTimeToken(link, () => this.#now());
    this.#onEnd = onEnd;
  }

  get needsFirstAccount(): boolean {
    return this.#hub.store.accounts.count() === 0;
  }

  /** Who a cookie's token belongs to. A session's life is absolute, and a clock set back makes none longer. */
  whoHas(token: string | undefined): Who | undefined {
    if (token === undefined || token.length > 200) return undefined;
    return this.whoIs(hashToken(token));
  }

  whoIs(sessionHash: string): Who | undefined {
    const { accounts } = this.#hub.store;
    const session = accounts.session(sessionHash);
    if (!session) return undefined;
    const now = this.#now();
    const end = Math.min(session.expiresAt, session.createdAt + LIFE_MS);
    if (now >= end || now < session.createdAt - CLOCK_SLACK_MS) return undefined;
    const account = accounts.byId(session.account);
    return account && { account: account.id, name: account.name, session: sessionHash };
  }

  async signIn(name: string, password: string, peer: string): Promise<SignedIn> {
    const attempt = this.#begin([`name ${name.normalize("NFC").trim().toLowerCase()}`, `peer ${peer}`]);
    if (!attempt.ok) return { ok: false, why: "wait", retryAfterS: attempt.retryAfterS };
    const account = this.#hub.store.accounts.byName(name.trim());
    return this.#unlessBusy(async () => {
      if (!(await passwordFits(password, account?.passwordHash)) || !account) return { ok: false, why: "wrong" };
      attempt.succeeded();
      return this.#open(account, "signed-in", "by password");
    });
  }

  /** By the one-time link: signs in as the first account. Without any account the link is kept to make one. */
  signInByLink(token: string, peer: string): SignedIn {
    const attempt = this.#begin([`peer ${peer}`]);
    if (!attempt.ok) return { ok: false, why: "wait", retryAfterS: attempt.retryAfterS };
    if (!this.#link.fits(token)) return { ok: false, why: "wrong" };
    attempt.succeeded();
    const owner = this.#hub.store.accounts.byId(OWNER);
    if (!owner) return { ok: false, why: "noAccount" };
    if (!this.#link.take(token)) return { ok: false, why: "wrong" };
    return this.#open(owner, "signed-in", "by one-time link");
  }

  /**
   * Makes an account by the one-time link; a name that exists gets the new password instead, and its sessions end.
   * Whoever reads the hub's console holds the house: that is the way back in after a forgotten password.
   */
  async createAccount(token: string, name: string, password: string, peer: string): Promise<SignedIn> {
    const attempt = this.#begin([`peer ${peer}`]);
    if (!attempt.ok) return { ok: false, why: "wait", retryAfterS: attempt.retryAfterS };
    if (!this.#link.fits(token)) return { ok: false, why: "wrong" };
    attempt.succeeded();
    const message = weakness(password, name);
    if (message !== undefined) return { ok: false, why: "weak", message };
    return this.#unlessBusy(async () => {
      const passwordHash = await hashPassword(password);
      // Two requests may have come this far with the same link: only one may use it.
      if (!this.#link.take(token)) return { ok: false, why: "wrong" };
      const { accounts } = this.#hub.store;
      const known = accounts.byName(name);
      if (known) {
        this.#setPassword(known.id, passwordHash);
        return this.#open(known, "password-changed", "by one-time link");
      }
      const id = accounts.byId(OWNER) ? randomUUID() : OWNER;
      const account: Account = { id, name, passwordHash, createdAt: this.#hub.clock.now() };
      accounts.create(account);
      return this.#open(account, "account-created", "by one-time link");
    });
  }

  /** Ends every session of the account and opens a new one. */
  async changePassword(who: Who, current: string, password: string, peer: string): Promise<SignedIn> {
    const attempt = this.#begin([`name ${who.name.normalize("NFC").toLowerCase()}`, `peer ${peer}`]);
    if (!attempt.ok) return { ok: false, why: "wait", retryAfterS: attempt.retryAfterS };
    return this.#unlessBusy(async () => {
      const account = this.#hub.store.accounts.byId(who.account);
      if (!(await passwordFits(current, account?.passwordHash)) || !account) return { ok: false, why: "wrong" };
      attempt.succeeded();
      const message = weakness(password, who.name);
      if (message !== undefined) return { ok: false, why: "weak", message };
      this.#setPassword(account.id, await hashPassword(password));
      return this.#open(account, "password-changed", "by its owner");
    });
  }

  endSession(sessionHash: string): void {
    this.#hub.store.accounts.endSession(sessionHash);
    this.#onEnd(sessionHash);
  }

  #begin(keys: readonly string[]) {
    return this.#limiter.begin(keys, this.#now());
  }

  /** A simulated home may live a month in an hour; whoever signs in to it does not. */
  #now(): number {
    const { clock } = this.#hub;
    return clock.outside?.() ?? clock.now();
  }

  #setPassword(account: string, passwordHash: string): void {
    const { accounts } = this.#hub.store;
    accounts.setPassword(account, passwordHash);
    accounts.endSessionsOf(account);
    this.#onEnd({ account });
  }

  #open(account: Account, what: string, detail: string): SignedIn {
    const token = newToken();
    const now = this.#now();
    const session = { tokenHash: hashToken(token), account: account.id, createdAt: now, expiresAt: now + LIFE_MS };
    this.#hub.store.accounts.addSession(session);
    this.#hub.store.appendAudit({
      at: this.#hub.clock.now(),
      by: account.name,
      what,
      subject: `account:${account.id}`,
      detail,
    });
    return { ok: true, name: account.name, token, maxAgeS: LIFE_MS / 1000 };
  }

  async #unlessBusy(work: () => Promise<SignedIn>): Promise<SignedIn> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Busy) return { ok: false, why: "busy" };
      throw error;
    }
  }
}
