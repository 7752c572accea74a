import type { NoticeLevel } from "../../../model/house.ts";
import type { Channel } from "../channel.ts";
import { post } from "../post.ts";

/** ntfy's five priorities: 3 is its default, 5 makes a phone ring on. */
const PRIORITY: Readonly<Record<NoticeLevel, number>> = { info: 3, warn: 4, alarm: 5 };
const TAGS: Readonly<Record<NoticeLevel, readonly string[]>> = {
  info: [],
  warn: ["warning"],
  alarm: ["rotating_light"],
};

/** More buttons ntfy shows below no message (docs.ntfy.sh/publish, "Action buttons"). */
const MAX_ACTIONS = 3;

/**
 * Publishing as JSON (docs.ntfy.sh/publish, "Publish as JSON"): titles may hold any letter, which headers may not. A question has buttons
 * where the hub's address is known, and is replaced in its place (`sequence_id`, from ntfy 2.16 on) once it is over.
 */
export const ntfy: Channel<"ntfy"> = (settings, notice, { link }) => {
  const { server, topic, token } = settings;
  const { question, level } = notice;
  const page = link(settings, notice);
  return post({
    url: new URL("/", server).href,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({
      ...{ topic, title: notice.title, message: question?.over?.words ?? (notice.text || notice.title) },
      ...{ priority: question?.over ? QUIET : PRIORITY[level], tags: question?.over ? [] : TAGS[level] },
      ...(question ? { sequence_id: notice.id } : {}),
      ...(question && page ? { click: page, actions: actionsOf(question.answers, page) } : {}),
    }),
  });
};

/** ntfy's priority 2: it neither rings nor shakes. */
const QUIET = 2;

/** A button each; where there are too many, the last leads to the page with all of them. */
function actionsOf(answers: readonly string[], page: string): readonly object[] {
  const all = answers.map((label, i) => ({ action: "http", label, url: `${page}/${i}`, method: "POST", clear: true }));
  if (all.length <= MAX_ACTIONS) return all;
  return [...all.slice(0, MAX_ACTIONS - 1), { action: "view", label: "More …", url: page }];
}
