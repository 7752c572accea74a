/** Questions of rules on their ways out, and answers by links and over MQTT, on the real core and on real sockets. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { linkKeyOf, readToken, tokenFor } from "../../hub/main/notify/answers/links.ts";
import type { HomeRule } from "../../hub/model/rule/rule.ts";
import type { ChannelWish } from "../../hub/ports.ts";
import { temporaryFolder } from "../storage/support.ts";
import { farServer, NOON, openNotices } from "./notify-support.ts";

const common = { title: "Anna's phone", on: true, from: "info" } as const;
const HUB = "http://192.168.1.20:8080";
const bytes = (body: object) => new TextEncoder().encode(JSON.stringify(body));

const ruleWith = (answers: readonly string[]): HomeRule => ({
  ...{ id: "dry", title: "Dryer", form: "when", enabled: true, mode: "single", on: [] },
  ...{ origin: "person", by: "anna", madeAt: 1, changedAt: 1 },
  do: [
    { kind: "ask", title: "Start the dryer?", atMostMinutes: 60, answers: answers.map((name) => ({ name, do: [] })) },
  ],
});

/** A hub with these ways, whose rule has just asked. */
async function asking(
  ways: Readonly<Record<string, ChannelWish>>,
  answers: readonly string[] = ["Start", "Not today"],
) {
  const made = openNotices();
  const { notices, core } = made;
  for (const [id, way] of Object.entries(ways)) notices.setChannel(id, way, "anna");
  core.put({ kind: "homeRulesSet", rules: [ruleWith(answers)] });
  core.put({ kind: "ruleStarted", rule: "dry", by: "Anna", at: NOON });
  await vi.waitFor(() => expect(notices.list(5).notices).toHaveLength(1));
  const asked = () => notices.list(5).notices[0];
  return { ...made, asked, id: asked()?.id ?? "" };
}

const tokenIn = (url: string): string => /\/answer\/([^/]+)/.exec(url)?.[1] ?? "";

test("ntfy gets a button for each answer; the first press counts, the next says what became of it", async () => {
  const far = await farServer();
  const ways = { phone: { ...common, kind: "ntfy", server: far.url, topic: "t", hub: `${HUB}/` } as const };
  const { notices, id, asked } = await asking(ways);
  await vi.waitFor(() => expect(far.heard).toHaveLength(1));
  const sent = JSON.parse(String(far.heard[0]?.body));
  expect(sent).toMatchObject({ title: "Start the dryer?", sequence_id: id });
  expect(sent.actions).toMatchObject([
    { action: "http", label: "Start", method: "POST", clear: true },
    { action: "http", label: "Not today" },
  ]);
  expect(sent.actions[1].url.startsWith(`${HUB}/answer/`) && sent.actions[1].url.endsWith("/1")).toBe(true);
  const token = tokenIn(sent.click);
  expect(notices.asked(token)).toMatchObject({ title: "Start the dryer?", answers: ["Start", "Not today"] });
  expect(await notices.answerByLink(token, 0)).toEqual({ ok: true });
  expect(asked()?.question?.over).toMatchObject({
    answer: "Start",
    words: "the link sent to Anna's phone answered Start",
  });
  expect(await notices.answerByLink(token, 1)).toEqual({
    ...{ ok: false, reason: "This question is over: the link sent to Anna's phone answered Start." },
  });
  await vi.waitFor(() => expect(far.heard).toHaveLength(2));
  const over = JSON.parse(String(far.heard[1]?.body));
  expect(over).toMatchObject({ sequence_id: id, message: "the link sent to Anna's phone answered Start" });
  expect(over.actions).toBeUndefined();
});

test("more answers than ntfy has buttons: the last leads to the page with all of them", async () => {
  const far = await farServer();
  const ways = { phone: { ...common, kind: "ntfy", server: far.url, topic: "t", hub: HUB } as const };
  await asking(ways, ["1", "2", "3", "4"]);
  await vi.waitFor(() => expect(far.heard).toHaveLength(1));
  const { actions, click } = JSON.parse(String(far.heard[0]?.body));
  expect(actions.map((a: { label: string }) => a.label)).toEqual(["1", "2", "More …"]);
  expect(actions[2]).toEqual({ action: "view", label: "More …", url: click });
});

test("without the hub's address a question is told without buttons, and nothing can be answered by it", async () => {
  const far = await farServer();
  const { notices } = await asking({ phone: { ...common, kind: "ntfy", server: far.url, topic: "t" } });
  await vi.waitFor(() => expect(far.heard).toHaveLength(1));
  expect(String(far.heard[0]?.body)).not.toContain("actions");
  expect(notices.channels()).toMatchObject([{ answers: false }]);
  expect(() =>
    notices.setChannel("x", { ...common, kind: "ntfy", server: far.url, topic: "t", hub: "hub" }, "anna"),
  ).toThrow(/^hub: /);
});

test("a link ends with its way, and a made-up or changed one is none", async () => {
  const far = await farServer();
  const { notices, folder, id } = await asking({ hook: { ...common, kind: "webhook", url: far.url, hub: HUB } });
  await vi.waitFor(() => expect(far.heard).toHaveLength(1));
  const { links, question } = JSON.parse(String(far.heard[0]?.body));
  expect(question).toMatchObject({ state: "open", answers: ["Start", "Not today"] });
  const token = tokenIn(links[0].post);
  expect(statSync(join(folder, "answer-links.key")).mode & 0o777).toBe(0o600);
  const stranger = tokenFor(linkKeyOf(temporaryFolder()), { notice: id, way: "hook" });
  for (const wrong of ["", "a.b.c", `${token}x`, token.slice(0, -4), stranger, token.replace(/^[^.]+/, "eA")])
    expect(await notices.answerByLink(wrong, 0), wrong).toMatchObject({ ok: false });
  expect(await notices.answerByLink(token, 3)).toMatchObject({ ok: false, reason: /can be answered with Start/ });
  const hook = { ...common, kind: "webhook", url: far.url } as const;
  for (const less of [hook, { ...hook, hub: HUB, on: false }]) {
    notices.setChannel("hook", less, "anna");
    expect(notices.asked(token)).toBeUndefined();
  }
  notices.setChannel("hook", { ...hook, hub: HUB }, "anna");
  expect(notices.asked(token)).toBeDefined();
  notices.removeChannel("hook", "anna");
  expect(notices.asked(token)).toBeUndefined();
  expect(await notices.answerByLink(token, 0)).toMatchObject({ ok: false });
});

test("a link outlives a restart of the hub", () => {
  const folder = temporaryFolder();
  const token = tokenFor(linkKeyOf(folder), { notice: "n-1", way: "phone" });
  expect(readToken(linkKeyOf(folder), token)).toEqual({ notice: "n-1", way: "phone" });
});

test("over MQTT: who may write to the topic answers, what a broker kept does not, and it is told what became of it", async () => {
  const { heard, published, id, asked } = await asking({
    panel: { ...common, title: "Panel", kind: "mqtt", topic: "house/ask", answers: true },
    quiet: { ...common, kind: "mqtt", topic: "house/quiet" },
  });
  await vi.waitFor(() => expect(published).toHaveLength(2));
  expect(JSON.parse(published[0]?.payload ?? "")).toMatchObject({ id, answerTopic: "house/ask/answer" });
  expect(JSON.parse(published[1]?.payload ?? "").answerTopic).toBeUndefined();
  const say = (topic: string, body: object, retained = false) => heard.ear?.(topic, bytes(body), retained);
  expect(say("house/quiet/answer", { id, answer: "Start" })).toBe(false);
  expect(say("house/ask/answer", { id, answer: "Start" }, true)).toBe(true);
  expect(say("house/ask/answer", { id, answer: "start" })).toBe(true);
  const told = () => published.filter((p) => p.topic === "house/ask/answered").map((p) => JSON.parse(p.payload));
  await vi.waitFor(() => expect(told()).toHaveLength(1));
  expect(told()[0]).toMatchObject({ id, ok: false });
  expect(asked()?.question?.over).toBeUndefined();
  say("house/ask/answer", { id, answer: "Not today" });
  await vi.waitFor(() => expect(told()[1]).toEqual({ id, ok: true }));
  expect(asked()?.question?.over?.words).toBe("MQTT (Panel) answered Not today");
});

test("a flood of answers over MQTT is not looked at any more", async () => {
  const { heard, id, asked } = await asking({ panel: { ...common, kind: "mqtt", topic: "h", answers: true } });
  for (let i = 0; i < 40; i++) heard.ear?.("h/answer", bytes({ id, answer: `guess ${i}` }), false);
  heard.ear?.("h/answer", bytes({ id, answer: "Start" }), false);
  await vi.waitFor(() => expect(asked()).toBeDefined());
  expect(asked()?.question?.over).toBeUndefined();
});

test("of two that answer at once the first counts, and the other is told who was first", async () => {
  const { notices, id } = await asking({});
  const both = await Promise.all([notices.answer(id, "Start", "Anna"), notices.answer(id, "Not today", "Ben")]);
  expect(both).toEqual([{ ok: true }, { ok: false, reason: "This question is over: Anna answered Start." }]);
});

test("a question that is over before it went out is not sent at all", async () => {
  let release = () => {};
  const far = await farServer((n, r) => {
    if (n > 1) r.end();
    else release = () => r.end();
  });
  const made = openNotices();
  const { notices, core, raise } = made;
  notices.setChannel("hook", { ...common, kind: "webhook", url: far.url }, "anna");
  raise({ title: "slow", text: "", level: "info" });
  core.put({ kind: "homeRulesSet", rules: [ruleWith(["Start"])] });
  core.put({ kind: "ruleStarted", rule: "dry", by: "Anna", at: NOON });
  await vi.waitFor(() => expect(notices.list(1).notices[0]?.title).toBe("Start the dryer?"));
  expect(await notices.answer(notices.list(1).notices[0]?.id ?? "", "Start", "Anna")).toEqual({ ok: true });
  await vi.waitFor(() => expect(far.heard).toHaveLength(1));
  raise({ title: "last", text: "", level: "info" });
  release();
  await vi.waitFor(() => expect(far.heard).toHaveLength(2));
  expect(far.heard.map((h) => JSON.parse(String(h.body)).title)).toEqual(["slow", "last"]);
});
