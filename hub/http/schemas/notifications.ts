import { z } from "@hono/zod-openapi";
import { noticeLevels } from "../../model/house.ts";
import { epochMs, id, line } from "./common.ts";

const level = z.enum(noticeLevels);

const notice = z
  .object({
    id: z.string(),
    at: epochMs,
    title: z.string(),
    text: z.string(),
    level,
    rule: z.string().optional(),
    nodes: z.array(z.string()).readonly(),
    read: z.boolean(),
    question: z
      .object({
        answers: z.array(z.string()).readonly(),
        until: epochMs.openapi({ description: "later answers do not count" }),
        over: z
          .object({ at: epochMs, words: z.string(), answer: z.string().optional() })
          .optional()
          .openapi({ description: "what became of it; absent while it is open" }),
      })
      .optional()
      .openapi({ description: "what a rule asks; answered at /api/notices/{id}/answer" }),
  })
  .openapi("Notice");

export const noticeQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) });

export const noticeList = z
  .object({ notices: z.array(notice).readonly(), unread: z.number().int(), total: z.number().int() })
  .openapi("NoticeList", { description: "The newest first; 500 are kept." });

export const readRequest = z
  .strictObject({
    ids: z.array(id).max(500).readonly().optional().openapi({ description: "absent: all" }),
  })
  .openapi("NoticesRead");

export const answerRequest = z
  .strictObject({ answer: z.string().min(1).max(40).openapi({ description: "one of the answers that are offered" }) })
  .openapi("NoticeAnswer");

const hub = z.string().trim().max(300).optional().openapi({
  description: "the hub's own address as it is reached from there: questions can then be answered by a link",
});

const common = { title: line(60), on: z.boolean(), from: level };
const keeps = (what: string) => `${what}; leave it out to keep the one there is`;

export const channelRequest = z
  .discriminatedUnion("kind", [
    z.strictObject({
      ...common,
      kind: z.literal("ntfy"),
      server: z.string().trim().max(300),
      topic: z.string().trim().max(64),
      token: z
        .string()
        .max(1000)
        .optional()
        .openapi({ description: keeps("an access token") }),
      hub,
    }),
    z.strictObject({
      ...common,
      kind: z.literal("webhook"),
      url: z
        .string()
        .trim()
        .max(1000)
        .optional()
        .openapi({ description: keeps("https, or an address of the home") }),
      authorization: z
        .string()
        .max(1000)
        .optional()
        .openapi({ description: keeps("the Authorization header") }),
      hub,
    }),
    z.strictObject({
      ...common,
      kind: z.literal("mqtt"),
      topic: z.string().trim().max(200),
      answers: z.boolean().optional().openapi({ description: "take answers on <topic>/answer" }),
    }),
    z.strictObject({
      ...common,
      kind: z.literal("webPush"),
      endpoint: z.string().max(1000).optional(),
      p256dh: z.string().max(200).optional(),
      auth: z.string().max(60).optional(),
    }),
  ])
  .openapi("NotifyChannelRequest");

export const channelView = z
  .object({
    id: z.string(),
    kind: z.enum(["ntfy", "webhook", "mqtt", "webPush"]),
    title: z.string(),
    on: z.boolean(),
    from: level,
    where: z.string().openapi({ description: "where it leads, without what may be secret in it" }),
    server: z.string().optional(),
    topic: z.string().optional(),
    hub: z.string().optional(),
    answers: z.boolean().openapi({ description: "questions of rules can be answered by it" }),
    hasSecret: z.boolean(),
    sentAt: epochMs.optional(),
    problem: z.string().optional(),
    waiting: z.number().int(),
    lost: z.number().int().openapi({ description: "given up since the start of the hub" }),
  })
  .openapi("NotifyChannel");

export const channelList = z
  .object({
    channels: z.array(channelView).readonly(),
    pushKey: z.string().openapi({ description: "the hub's public key for web push, base64url" }),
  })
  .openapi("NotifyChannelList");

export const testAnswer = z
  .discriminatedUnion("ok", [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), reason: z.string() })])
  .openapi("NotifyTest");

/** @public */
export type NoticeList = z.output<typeof noticeList>;
/** @public */
export type Notice = z.output<typeof notice>;
/** @public */
export type NotifyChannel = z.output<typeof channelView>;
/** @public */
export type NotifyChannelList = z.output<typeof channelList>;
/** @public */
export type NotifyTest = z.output<typeof testAnswer>;
