/** The service worker that shows what the hub pushes, on a stand-in for the browser's own parts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { root } from "../support/sources.ts";

const code = readFileSync(join(root, "dashboard", "public", "push-worker.js"), "utf8");

interface Shown {
  readonly title: string;
  readonly options: { body: string; tag: string; actions?: { action: string; title: string }[]; data?: object };
}

/** A browser that shows so many buttons and whose hub answers so. */
function browser(maxActions: number, response: Partial<Response> = { ok: true }) {
  const listeners = new Map<string, (event: object) => void>();
  const shown: Shown[] = [];
  const posted: [string, RequestInit][] = [];
  const opened: string[] = [];
  runInNewContext(code, {
    addEventListener: (kind: string, listener: (event: object) => void) => listeners.set(kind, listener),
    registration: {
      showNotification: async (title: string, options: Shown["options"]) => void shown.push({ title, options }),
    },
    Notification: { maxActions },
    clients: { matchAll: async () => [], openWindow: async (url: string) => void opened.push(url) },
    fetch: async (url: string, init: RequestInit) => {
      posted.push([url, init]);
      return response;
    },
  });
  const happens = async (kind: string, event: object) => {
    let done: unknown;
    listeners.get(kind)?.({ ...event, waitUntil: (work: unknown) => (done = work) });
    await done;
  };
  const push = (body: object) => happens("push", { data: { json: () => body } });
  const click = (action: string) =>
    happens("notificationclick", {
      action,
      notification: { data: shown.at(-1)?.options.data, close: () => undefined },
    });
  return { shown, posted, opened, push, click };
}

const QUESTION = {
  id: "n 1",
  title: "Start the dryer?",
  text: "It is cheap.",
  answers: ["Start", "Not today", "Ask later"],
};

test("a question has as many buttons as the browser shows, and a press answers it as who is signed in there", async () => {
  const { shown, posted, push, click } = browser(2);
  await push(QUESTION);
  expect(shown[0]?.options.actions?.map((a) => a.title)).toEqual(["Start", "Not today"]);
  await click("1");
  const [url, init] = posted[0] ?? [];
  expect(url).toBe("./api/notices/n%201/answer");
  expect(init).toMatchObject({ method: "POST", credentials: "same-origin", body: '{"answer":"Not today"}' });
  expect(shown).toHaveLength(1);
});

test("why a press does nothing is shown in the message's place", async () => {
  const late = browser(2, { ok: false, status: 409, json: async () => ({ detail: "This question is over." }) });
  await late.push(QUESTION);
  await late.click("0");
  expect(late.shown.at(-1)).toMatchObject({ options: { body: "This question is over.", tag: "n 1" } });
  const out = browser(2, { ok: false, status: 401, json: async () => ({ detail: "Sign in first." }) });
  await out.push(QUESTION);
  await out.click("0");
  expect(out.shown.at(-1)?.options.body).toBe("Sign in on the dashboard to answer.");
});

test("once it is over, that stands in its place without buttons; a click beside the buttons opens the messages", async () => {
  const { shown, posted, opened, push, click } = browser(2);
  await push({ ...QUESTION, over: "Anna answered Start" });
  expect(shown[0]).toMatchObject({ options: { body: "Anna answered Start", tag: "n 1", silent: true, actions: [] } });
  await click("");
  expect([posted, opened]).toEqual([[], ["./#/settings/notifications"]]);
});

test("a message that can't be read is shown all the same, and a plain one has no buttons", async () => {
  const { shown, push } = browser(2);
  await push({ id: "n2", title: "Freezer", text: "It is warm.", level: "alarm" });
  expect(shown[0]).toMatchObject({ title: "Freezer", options: { actions: [], requireInteraction: true } });
});
