import { describe, expect, test, vi } from "vitest";
import { Limiter } from "../../hub/http/limiter.ts";
import { hashToken, OneTimeToken } from "../../hub/http/one-time-token.ts";
import type { ProblemDetails } from "../../hub/http/schemas.ts";
import { cookieOf, house, PASSWORD, TOKEN } from "./support/house.ts";

// Each guess costs a password's derivation, and a busy machine takes its time for them.
vi.setConfig({ testTimeout: 90_000 });

const MINUTE = 60_000;
const account = { token: TOKEN, name: "Kim", password: PASSWORD };

describe("the one-time link", () => {
  test("makes the first account and signs in, once", async () => {
    const { ask, hub } = house();
    const before = await ask("GET", "/api/session");
    expect([before.status, await before.json()]).toMatchObject([401, { needsFirstAccount: true }]);
    const made = await ask("POST", "/api/accounts", { body: account });
    expect(made.status).toBe(201);
    const cookie = made.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^inglenook=[\w-]{43}; /);
    for (const part of ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"]) expect(cookie).toContain(part);
    expect(await (await ask("GET", "/api/session", { cookie: cookieOf(made) })).json()).toEqual({ name: "Kim" });
    const again = await ask("POST", "/api/accounts", { body: { ...account, name: "Mallory" } });
    expect([again.status, await again.json()]).toMatchObject([401, { code: "link-expired" }]);
    expect(hub.store.accounts.count()).toBe(1);
  });

  test("the audit log tells of it without any secret", async () => {
    const { ask } = house();
    const cookie = cookieOf(await ask("POST", "/api/accounts", { body: account }));
    const log = await (await ask("GET", "/api/audit?limit=5", { cookie })).text();
    expect(JSON.parse(log)).toMatchObject({
      entries: [{ by: "Kim", what: "account-created", subject: "account:owner" }],
    });
    for (const secret of [TOKEN, PASSWORD, cookie.replace("inglenook=", "")]) expect(log).not.toContain(secret);
    expect((await ask("GET", "/api/audit?limit=900", { cookie })).status).toBe(400);
  });

  test("stored sessions hold only a hash of the token", async () => {
    const { signedIn, hub } = house();
    const token = (await signedIn()).replace("inglenook=", "");
    expect([...hub.store.sessions.keys()]).toEqual([hashToken(token)]);
    expect(JSON.stringify([...hub.store.sessions.values(), hub.store.accounts.byName("Kim")])).not.toContain(token);
  });

  test("two at once with the same link: one account", async () => {
    const { ask, hub } = house();
    const both = await Promise.all(
      ["Kim", "Sam"].map((name) => ask("POST", "/api/accounts", { body: { ...account, name } })),
    );
    expect(both.map((r) => r.status).sort()).toEqual([201, 401]);
    expect(hub.store.accounts.count()).toBe(1);
  });

  test("expires after 30 minutes, and a clock set far back does not revive it", () => {
    let now = 1_000_000_000;
    const link = new OneTimeToken(
      () => TOKEN,
      () => now,
    );
    expect([link.fits(TOKEN), link.fits(""), link.fits(`${TOKEN}x`)]).toEqual([true, false, false]);
    now += 30 * MINUTE;
    expect(link.fits(TOKEN)).toBe(false);
    now -= 90 * MINUTE;
    expect(link.fits(TOKEN)).toBe(false);
  });

  test("no link at all: nothing fits, not even nothing", () => {
    const link = new OneTimeToken(
      () => undefined,
      () => 0,
    );
    expect([link.fits(""), link.fits("undefined")]).toEqual([false, false]);
  });

  test("a weak or short password does not use the link up", async () => {
    const { ask } = house();
    for (const password of [
      "short",
      "password123",
      "1234567890",
      "aaaaaaaaaaaa",
      "abcabcabcabc",
      "QWERTYUIOP",
      "x".repeat(129),
    ]) {
      const answer = await ask("POST", "/api/accounts", { body: { ...account, password } });
      expect([password, answer.status]).toEqual([password, 400]);
      expect(((await answer.json()) as ProblemDetails).errors?.[0]?.field).toBe("password");
    }
    expect((await ask("POST", "/api/accounts", { body: account })).status).toBe(201);
  });

  test("a new link signs the first person in, and gives a forgotten password anew", async () => {
    let token = TOKEN;
    const { ask } = house({ oneTimeToken: () => token });
    const early = await ask("POST", "/api/session", { body: { token } });
    expect([early.status, await early.json()]).toMatchObject([409, { needsFirstAccount: true }]);
    const old = cookieOf(await ask("POST", "/api/accounts", { body: account }));
    token = "second";
    const byLink = await ask("POST", "/api/session", { body: { token } });
    expect(await byLink.json()).toEqual({ name: "Kim" });
    token = "third";
    expect(
      (await ask("POST", "/api/accounts", { body: { ...account, token, password: "another fine kettle" } })).status,
    ).toBe(201);
    expect((await ask("GET", "/api/session", { cookie: old })).status).toBe(401);
    expect((await ask("POST", "/api/session", { body: { name: "Kim", password: PASSWORD } })).status).toBe(401);
  });
});

describe("signing in", () => {
  test("an unknown name and a wrong password are answered alike", async () => {
    const { ask, signedIn } = house();
    await signedIn();
    const wrong = await ask("POST", "/api/session", { body: { name: "Kim", password: "wrong" } });
    const unknown = await ask("POST", "/api/session", { body: { name: "Nobody", password: "wrong" } });
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toEqual(await unknown.json());
  });

  test("takes the same long work for an unknown name", async () => {
    const { ask, signedIn } = house();
    await signedIn();
    const time = async (name: string) => {
      const start = performance.now();
      await ask("POST", "/api/session", { body: { name, password: "wrong" } });
      return performance.now() - start;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 4; i++) {
      known.push(await time("Kim"));
      unknown.push(await time(`Nobody ${i}`));
    }
    expect(Math.min(...known)).toBeGreaterThan(50);
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
  });

  test("a token that the browser already had never becomes a session (fixation), and the old session ends", async () => {
    const { ask, signedIn } = house();
    const old = await signedIn();
    const planted = `inglenook=${"B".repeat(43)}`;
    const first = await ask("POST", "/api/session", { cookie: planted, body: { name: "Kim", password: PASSWORD } });
    expect(cookieOf(first)).not.toBe(planted);
    expect((await ask("GET", "/api/session", { cookie: planted })).status).toBe(401);
    const second = await ask("POST", "/api/session", { cookie: old, body: { name: "Kim", password: PASSWORD } });
    expect(second.status).toBe(200);
    expect((await ask("GET", "/api/session", { cookie: old })).status).toBe(401);
  });

  test("signing out ends the session for good", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    const out = await ask("DELETE", "/api/session", { cookie });
    expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
    expect((await ask("GET", "/api/nodes", { cookie })).status).toBe(401);
  });

  test("a session lives 30 days, and no jump of the clock makes it longer", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    const start = hub.time;
    const status = async (time: number) => {
      hub.time = time;
      return (await ask("GET", "/api/session", { cookie })).status;
    };
    expect(await status(start + 30 * 24 * 60 * MINUTE - 1)).toBe(200);
    expect(await status(start + 30 * 24 * 60 * MINUTE)).toBe(401);
    expect(await status(0)).toBe(401);
    expect(await status(start + 1)).toBe(200);
  });

  test("a home that lives a month in an hour keeps people signed in, and its one-time link counts for their half hour", async () => {
    const { ask, hub } = house();
    let outside = hub.time;
    Object.assign(hub.clock, { outside: () => outside });
    hub.time += 40 * 24 * 60 * MINUTE;
    const cookie = cookieOf(await ask("POST", "/api/accounts", { body: account }));
    hub.time += 40 * 24 * 60 * MINUTE;
    const status = async () => (await ask("GET", "/api/session", { cookie })).status;
    expect(await status()).toBe(200);
    outside += 30 * 24 * 60 * MINUTE;
    expect(await status()).toBe(401);
  });

  test("a changed password ends every other session", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    const wrong = await ask("PUT", "/api/accounts/password", {
      cookie,
      body: { current: "no", password: "a fourth kettle" },
    });
    expect(wrong.status).toBe(403);
    const right = await ask("PUT", "/api/accounts/password", {
      cookie,
      body: { current: PASSWORD, password: "a fourth kettle" },
    });
    expect(right.status).toBe(200);
    expect((await ask("GET", "/api/session", { cookie })).status).toBe(401);
    expect((await ask("GET", "/api/session", { cookie: cookieOf(right) })).status).toBe(200);
  });

  test("over TLS the cookie is Secure and bound to this host", async () => {
    const { ask } = house({ secureCookies: true });
    const made = await ask("POST", "/api/accounts", { body: account });
    expect(made.headers.get("set-cookie")).toContain("Secure");
    const cookie = cookieOf(made);
    expect(cookie).toMatch(/^__Host-inglenook=/);
    expect((await ask("GET", "/api/session", { cookie })).status).toBe(200);
  });
});

describe("guessing", () => {
  test("ends after ten tries for an account, from wherever they come and whatever they claim", async () => {
    const { ask, signedIn, hub } = house();
    const open = await signedIn();
    const guess = (i: number, password = "wrong") =>
      ask("POST", "/api/session", {
        body: { name: i % 2 ? "Kim" : " kim", password },
        peer: `10.0.0.${i}`,
        headers: { "x-forwarded-for": `1.1.1.${i}`, "x-real-ip": `2.2.2.${i}` },
      });
    for (let i = 0; i < 10; i++) expect((await guess(i)).status).toBe(401);
    const shut = await guess(99, PASSWORD);
    expect(shut.status).toBe(429);
    expect(Number(shut.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask("GET", "/api/session", { cookie: open })).status).toBe(200);
    hub.time += 15 * MINUTE;
    expect((await guess(99, PASSWORD)).status).toBe(200);
  });

  test("ends after ten tries from an address, whatever is guessed, IPv6 by its network", async () => {
    const { ask } = house();
    const guess = (i: number, peer: string) => ask("POST", "/api/session", { body: { token: `guess ${i}` }, peer });
    for (let i = 0; i < 10; i++) expect((await guess(i, `2001:db8:0:1::${i + 1}`)).status).toBe(401);
    expect((await guess(10, "2001:db8:0:1:ffff::9")).status).toBe(429);
    expect((await guess(11, "2001:db8:0:2::1")).status).toBe(401);
  });

  test("many at once do not slip through", async () => {
    const limiter = new Limiter();
    const tries = Array.from({ length: 50 }, () => limiter.begin(["kim"], 1000));
    expect(tries.filter((t) => t.ok)).toHaveLength(10);
  });

  test("never allows more than thirty in an hour, and a success is not counted", () => {
    const limiter = new Limiter();
    let allowed = 0;
    for (let minute = 0; minute < 60; minute++)
      for (let i = 0; i < 10; i++) if (limiter.begin(["kim"], minute * MINUTE).ok) allowed++;
    expect(allowed).toBe(30);
    for (let i = 0; i < 100; i++) {
      const attempt = limiter.begin(["sam"], i);
      expect(attempt.ok).toBe(true);
      if (attempt.ok) attempt.succeeded();
    }
    expect(limiter.size).toBe(1);
  });

  test("a flood of names leaves the limiter small", () => {
    const limiter = new Limiter();
    for (let i = 0; i < 50_000; i++) limiter.begin([`name ${i}`], i);
    expect(limiter.size).toBeLessThanOrEqual(10_000);
  });
});
