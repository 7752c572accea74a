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

/** Publishing as JSON (docs.ntfy.sh/publish, "Publish as JSON"): titles may hold any letter, which headers may not. */
export const ntfy: Channel<"ntfy"> = ({ server, topic, token }, notice) =>
  post({
    url: new URL("/", server).href,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({
      ...{ topic, title: notice.title, message: notice.text || notice.title },
      ...{ priority: PRIORITY[notice.level], tags: TAGS[notice.level] },
    }),
  });
