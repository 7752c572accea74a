import type { Channel } from "../channel.ts";
import { post } from "../post.ts";

/** The notice as JSON, with the home's name. */
export const webhook: Channel<"webhook"> = ({ url, authorization }, notice, { home }) =>
  post({
    url,
    headers: { "content-type": "application/json", ...(authorization ? { authorization } : {}) },
    body: JSON.stringify({ home: home(), ...payloadOf(notice) }),
  });

/** What a program is told of a notice. */
export const payloadOf = ({ id, at, title, text, level, rule, nodes }: Parameters<Channel<"webhook">>[1]) => ({
  ...{ id, at: new Date(at).toISOString(), level, title, text, nodes },
  ...(rule === undefined ? {} : { rule }),
});
