import type { Notice } from "../../../model/house.ts";
import type { Channel } from "../channel.ts";
import { post } from "../post.ts";
import { sealed } from "../push/seal.ts";
import { authorization } from "../push/vapid.ts";

/** A push service keeps a message for a browser that is away for so long, seconds. */
const TTL_S = { info: 3600, warn: 86_400, alarm: 86_400 } as const;

/** A question is worth nothing once its time is over. Seconds. */
const lifeOf = ({ level, at, question }: Notice): number =>
  question && !question.over ? Math.max(60, Math.ceil((question.until - at) / 1000)) : TTL_S[level];

/** One message to a browser (RFC 8030), which only that browser can read (RFC 8291), from a server it knows (RFC 8292). */
export const webPush: Channel<"webPush"> = async ({ endpoint, p256dh, auth }, notice, { push }) => {
  const { id, title, text, level, at, question } = notice;
  const asks = question && { answers: question.answers, until: question.until, over: question.over?.words };
  const posted = await post({
    url: endpoint,
    headers: {
      "content-type": "application/octet-stream",
      "content-encoding": "aes128gcm",
      ttl: String(lifeOf(notice)),
      urgency: level === "info" ? "normal" : "high",
      // The time of a token is the machine's, not that of a simulated home.
      authorization: authorization(push(), new URL(endpoint).origin, Date.now()),
    },
    body: sealed(Buffer.from(JSON.stringify({ id, title, text, level, at, ...asks })), { p256dh, auth }),
  });
  if (posted.ok || (posted.status !== 404 && posted.status !== 410)) return posted;
  return { ...posted, reason: "this browser takes no more messages; remove it here and turn it on there again" };
};
