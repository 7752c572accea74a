/** Notices on their way out, to real servers on real sockets. */
import { expect, test, vi } from "vitest";
import { post } from "../../hub/main/notify/post.ts";
import type { ChannelWish } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog } from "../storage/support.ts";
import { answering, farServer, NOON, openNotices } from "./notify-support.ts";

const common = { title: "Phone", on: true, from: "info" } as const;
const ntfyAt = (server: string, more = {}): ChannelWish => ({
  ...{ ...common, kind: "ntfy", server, topic: "our-house", token: "tk_secret" },
  ...more,
});
const hookAt = (url: string, more = {}): ChannelWish => ({ ...common, kind: "webhook", url, ...more });
const json = (body: Buffer | undefined): unknown => JSON.parse(String(body));
const leak = { title: "Wasser im Keller ⚠", text: "The sensor is wet.", level: "alarm" } as const;

test("ntfy is told as its own documentation says, with the token and any letters", async () => {
  const far = await farServer();
  const { notices, raise } = openNotices();
  notices.setChannel("phone", ntfyAt(far.url), "anna");
  raise(leak);
  await vi.waitFor(() => expect(far.heard).toHaveLength(1));
  expect(far.heard[0]).toMatchObject({ path: "/", headers: { authorization: "Bearer tk_secret" } });
  expect(json(far.heard[0]?.body)).toEqual({
    ...{ topic: "our-house", title: leak.title, message: leak.text, priority: 5, tags: ["rotating_light"] },
  });
  await vi.waitFor(() => expect(notices.channels()[0]?.sentAt).toBeDefined());
});

test("a webhook gets the notice as JSON with its own header, MQTT the same on its topic, never retained", async () => {
  const far = await farServer();
  const { notices, raise, published } = openNotices();
  notices.setChannel("hook", hookAt(`${far.url}/in?key=s3cret`, { authorization: "Basic abc" }), "anna");
  notices.setChannel("mqtt", { ...common, kind: "mqtt", topic: "house/notices" }, "anna");
  raise({ ...leak, rule: "r1" });
  await vi.waitFor(() => expect(far.heard).toHaveLength(1));
  expect(far.heard[0]).toMatchObject({ path: "/in?key=s3cret", headers: { authorization: "Basic abc" } });
  const told = { home: "Home", level: "alarm", title: leak.title, text: leak.text, nodes: ["leak"], rule: "r1" };
  expect(json(far.heard[0]?.body)).toMatchObject(told);
  expect(published).toMatchObject([{ topic: "house/notices" }]);
  expect(JSON.parse(published[0]?.payload ?? "")).toMatchObject(told);
});

test("only what is urgent enough goes out, and nothing on a way that is off", async () => {
  const far = await farServer();
  const { notices, raise } = openNotices();
  notices.setChannel("alarms", hookAt(`${far.url}/alarms`, { from: "alarm" }), "anna");
  notices.setChannel("off", hookAt(`${far.url}/off`, { on: false }), "anna");
  raise({ title: "Washing", text: "done", level: "info" });
  raise(leak);
  await vi.waitFor(() => expect(far.heard.map((h) => h.path)).toEqual(["/alarms"]));
  expect(json(far.heard[0]?.body)).toMatchObject({ level: "alarm" });
});

test("a server that fails for a while is tried again, at most four times, in order", async () => {
  const far = await farServer((n, r) => r.writeHead(n < 3 ? 503 : 200).end());
  const { notices, raise } = openNotices();
  notices.setChannel("hook", hookAt(far.url), "anna");
  raise({ ...leak, title: "one" });
  raise({ ...leak, title: "two" });
  await vi.waitFor(() => expect(far.heard).toHaveLength(4));
  expect(far.heard.map((h) => (json(h.body) as { title: string }).title)).toEqual(["one", "one", "one", "two"]);
  await vi.waitFor(() => expect(notices.channels()[0]).toMatchObject({ waiting: 0, lost: 0 }));
  const dead = await farServer(answering(500));
  notices.setChannel("dead", hookAt(dead.url), "anna");
  raise(leak);
  await vi.waitFor(() => expect(notices.channels()[1]).toMatchObject({ waiting: 0, lost: 1 }));
  expect(dead.heard).toHaveLength(4);
  expect(notices.channels()[1]?.problem).toMatch(/^127\.0\.0\.1:\d+ answered 500$/);
});

test("what will not get better is not tried again, and is said in words", async () => {
  const far = await farServer(answering(403));
  const { notices, raise, lines } = openNotices();
  notices.setChannel("phone", ntfyAt(far.url), "anna");
  notices.setChannel("hook", hookAt(`${far.url}/services/T0/B0/s3cret`), "anna");
  raise(leak);
  await vi.waitFor(() => expect(notices.channels().map((c) => c.lost)).toEqual([1, 1]));
  expect(far.heard).toHaveLength(2);
  expect(notices.channels()[0]?.problem).toContain("answered 403: it does not let the hub in");
  expect(lines.filter((l) => l.includes("not sent"))).toHaveLength(2);
  expect(lines.join()).not.toMatch(/s3cret|tk_secret/);
});

test("a redirect is not followed, wherever it leads", async () => {
  const elsewhere = await farServer();
  const far = await farServer(answering(307, { location: `${elsewhere.url}/stolen` }));
  const { notices } = openNotices();
  notices.setChannel("hook", hookAt(far.url), "anna");
  expect(await notices.test("hook")).toMatchObject({
    ok: false,
    reason: expect.stringContaining("sends the hub elsewhere"),
  });
  expect(elsewhere.heard).toEqual([]);
});

test("a test says clearly what is wrong", async () => {
  const far = await farServer();
  const { notices } = openNotices(undefined, false);
  const said = async (wish: ChannelWish) => {
    notices.setChannel("x", wish, "anna");
    const sent = await notices.test("x");
    notices.removeChannel("x", "anna");
    return sent?.ok ? "ok" : sent?.reason;
  };
  expect(await said(hookAt(far.url))).toBe("ok");
  far.close();
  expect(await said(hookAt(far.url))).toMatch(/does not listen on this port/);
  expect(await said(hookAt("https://no-such-host.invalid/"))).toMatch(
    /no name that the network knows|could not be looked up/,
  );
  expect(await said({ ...common, kind: "mqtt", topic: "a/b" })).toBe("no MQTT broker is connected");
  expect(await notices.test("ghost")).toBeUndefined();
});

test("an address is https or of the home's own network; what can't be is refused by its field", () => {
  const { notices } = openNotices();
  const set = (wish: ChannelWish) => () => notices.setChannel("x", wish, "anna");
  expect(set(hookAt("http://8.8.8.8/x"))).toThrow(
    "url: must begin with https://, because this is no address of your own",
  );
  expect(set(hookAt("ftp://192.168.1.2/"))).toThrow("url: must begin with https://");
  expect(set(hookAt("https://anna:pw@example.org/"))).toThrow("url: must hold no name and password");
  expect(set(hookAt("nonsense"))).toThrow("url: must be an address");
  expect(set({ ...common, kind: "webhook" })).toThrow("url: is missing");
  expect(set(ntfyAt("https://ntfy.sh", { topic: "a b" }))).toThrow("topic: must be 1 to 64 letters");
  expect(set(ntfyAt("https://ntfy.sh", { token: "a\nb: c" }))).toThrow("token: must be at most");
  expect(set({ ...common, kind: "mqtt", topic: "house/#" })).toThrow("topic: must be an MQTT topic");
  expect(set({ ...common, kind: "mqtt", topic: "inglenook/5/x" })).toThrow("topic: must be an MQTT topic");
  expect(set({ ...common, kind: "webPush" })).toThrow("endpoint: is missing");
  expect(set({ ...common, kind: "webPush", endpoint: "https://push.example/1", p256dh: "AAAA", auth: "x" })).toThrow(
    "auth:",
  );
  expect(notices.channels()).toEqual([]);
});

test("without TLS nothing leaves the home, whatever a name resolves to", async () => {
  const far = await farServer();
  const { port } = new URL(far.url);
  const to = (...addresses: string[]) =>
    post({ url: `http://hub.home:${port}/`, headers: {}, body: "x" }, (_, __, found) =>
      found(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      ),
    );
  expect(await to("127.0.0.1")).toEqual({ ok: true });
  expect(await to("8.8.8.8")).toMatchObject({ again: false, reason: expect.stringContaining("use https://") });
  expect(await to("127.0.0.1", "8.8.8.8")).toMatchObject({ ok: false });
  expect(far.heard).toHaveLength(1);
});

test("ways out outlive a restart, their secrets are never told, and are kept only for their own server", async () => {
  const [far, other] = [await farServer(), await farServer()];
  const first = openNotices();
  first.notices.setChannel("phone", ntfyAt(far.url), "anna");
  first.notices.setChannel("hook", hookAt(`${far.url}/T0/s3cret`, { authorization: "Bearer s3cret" }), "anna");
  first.raise(leak);
  await first.close();
  const { notices, store } = openNotices(first.folder);
  expect(notices.list(10)).toMatchObject({ unread: 1, total: 1, notices: [{ title: leak.title }] });
  const said = JSON.stringify([notices.channels(), store.audit({ limit: 50 })]);
  expect(said).not.toMatch(/s3cret|tk_secret/);
  expect(notices.channels()).toMatchObject([
    { id: "phone", hasSecret: true, where: `${far.url}, topic our-house` },
    { id: "hook", hasSecret: true, where: far.url },
  ]);
  // As the form sends it when nothing secret was typed.
  notices.setChannel("hook", { ...common, kind: "webhook", url: "", title: "Renamed" }, "anna");
  notices.setChannel("phone", { ...ntfyAt(other.url), token: "" } as ChannelWish, "anna");
  expect(await notices.test("hook")).toEqual({ ok: true });
  expect(await notices.test("phone")).toEqual({ ok: true });
  expect(far.heard.at(-1)).toMatchObject({ path: "/T0/s3cret", headers: { authorization: "Bearer s3cret" } });
  expect(other.heard[0]?.headers.authorization).toBeUndefined();
});

test("what waits for another try when the hub ends goes out after its restart, unless it is a day old", async () => {
  const dead = await farServer(answering(503));
  const first = openNotices(undefined, true, [60_000]);
  first.notices.setChannel("hook", hookAt(dead.url), "anna");
  first.raise({ ...leak, title: "long ago" }, NOON - 25 * 3_600_000);
  first.raise({ ...leak, title: "one" });
  first.raise({ ...leak, title: "two" });
  await vi.waitFor(() => expect(first.notices.channels()[0]?.problem).toMatch(/answered 503/));
  await first.close();
  const again = openStore(first.folder, { log: listeningLog() });
  const [kept] = again.list<{ waiting: { tries: number }[] }>("outbox");
  expect(kept?.waiting.map((w) => w.tries)).toEqual([1, 0, 0]);
  // The way is the same, and its server well again.
  const far = await farServer();
  again.put("notifyChannel", "hook", { ...again.get<object>("notifyChannel", "hook"), url: far.url });
  await again.close();
  const { notices, store } = openNotices(first.folder);
  await vi.waitFor(() => expect(notices.channels()[0]).toMatchObject({ waiting: 0, lost: 0 }));
  expect(far.heard.map((h) => (json(h.body) as { title: string }).title)).toEqual(["one", "two"]);
  expect(store.list("outbox")).toEqual([]);
});

test("a way that does not come through holds at most fifty, and says how many were lost", async () => {
  const far = await farServer(() => undefined);
  const { notices, raise } = openNotices();
  notices.setChannel("hook", hookAt(far.url), "anna");
  for (let i = 0; i < 60; i++) raise({ title: `m${i}`, text: "", level: "info" });
  expect(notices.channels()[0]).toMatchObject({ waiting: 50, lost: 10, problem: "more than 50 messages wait" });
  expect(notices.removeChannel("hook", "anna")).toBe(true);
});
