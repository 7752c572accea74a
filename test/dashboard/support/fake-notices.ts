/** What the fake house told, and on which ways. */
import type { NoticeList, NotifyChannel } from "../../../hub/http/schemas/notifications.ts";

export const fakeNotices = (now: number): NoticeList => ({
  notices: [
    {
      ...{ id: "n3", at: now - 60_000, title: "Washing machine", text: "It is done.", level: "info", read: false },
      nodes: ["tv"],
    },
    {
      ...{ id: "n2", at: now - 3_600_000, title: "Freezer", text: "Warmer than −12 °C for 30 minutes.", level: "warn" },
      ...{ nodes: ["fridge"], read: false },
    },
    { ...{ id: "n1", at: now - 86_400_000, title: "Water", text: "", level: "alarm", read: true }, nodes: [] },
  ],
  unread: 2,
  total: 3,
});

export const fakeChannels = (): NotifyChannel[] => [
  {
    ...{ id: "ntfy-1", kind: "ntfy", title: "Kim's phone", on: true, from: "info", where: "https://ntfy.sh, topic k" },
    ...{ server: "https://ntfy.sh", topic: "k", hasSecret: true, answers: false, waiting: 0, lost: 2 },
    problem: "ntfy.sh answered 403: it does not let the hub in",
  },
];

interface Told {
  notices: NoticeList;
  channels: NotifyChannel[];
}

type Body = Readonly<Record<string, unknown>>;

export function noticeAnswer(s: Told, method: string, [id, deed]: readonly string[], body: Body): NoticeList {
  if (method !== "POST") return s.notices;
  if (deed === "answer") {
    const over = { at: Date.now(), words: `Kim answered ${body.answer}`, answer: String(body.answer) };
    const list = s.notices.notices.map((n) =>
      n.id === id && n.question ? { ...n, read: true, question: { ...n.question, over } } : n,
    );
    s.notices = { ...s.notices, notices: list, unread: list.filter((n) => !n.read).length };
    return s.notices;
  }
  const ids = Array.isArray(body.ids) ? body.ids : undefined;
  const list = s.notices.notices.map((n) => (!ids || ids.includes(n.id) ? { ...n, read: true } : n));
  s.notices = { ...s.notices, notices: list, unread: list.filter((n) => !n.read).length };
  return s.notices;
}

export function channelAnswer(s: Told, method: string, [id = "", deed = ""]: readonly string[], body: Body): unknown {
  if (deed === "test") return id === "ntfy-1" ? { ok: false, reason: "ntfy.sh can't be reached" } : { ok: true };
  if (method === "GET") return { channels: s.channels, pushKey: PUSH_KEY };
  s.channels = s.channels.filter((c) => c.id !== id);
  if (method === "DELETE") return { ok: true };
  const made: NotifyChannel = {
    ...{ id, title: String(body.title), on: body.on === true, where: "somewhere", answers: false, hasSecret: false },
    ...{ kind: body.kind === "webPush" ? "webPush" : "webhook", from: "info", waiting: 0, lost: 0 },
  };
  s.channels = [...s.channels, made];
  return made;
}

/** A point on P-256, as browsers check it. */
const PUSH_KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
