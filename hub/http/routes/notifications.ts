import { createRoute } from "@hono/zod-openapi";
import type { App, Room } from "../context.ts";
import { Limiter } from "../limiter.ts";
import { badInput, conflict, fieldErrorOf, notFound, tooMany } from "../problem.ts";
import { done, idParam } from "../schemas/common.ts";
import {
  answerRequest,
  channelList,
  channelRequest,
  channelView,
  noticeList,
  noticeQuery,
  readRequest,
  testAnswer,
} from "../schemas/notifications.ts";
import { answer, body } from "./shape.ts";

const tags = ["Notifications"];
const inbox = "/api/notices";
const ways = "/api/notify-channels";

const list = createRoute({
  ...{ method: "get", path: inbox, tags, responses: { 200: answer(noticeList, "The inbox") } },
  summary: "What people were told, the newest first",
  request: { query: noticeQuery },
});
const read = createRoute({
  ...{ method: "post", path: `${inbox}/read`, tags, responses: { 200: answer(noticeList, "The inbox") } },
  summary: "Say that these notices were read, or all",
  request: body(readRequest),
});
const answering = createRoute({
  ...{ method: "post", path: `${inbox}/{id}/answer`, tags, responses: { 200: answer(noticeList, "The inbox") } },
  summary: "Answer what a rule asks",
  description:
    "The first answer counts. 409 tells why another does nothing: the question is over, or this was not offered.",
  request: { params: idParam, ...body(answerRequest) },
});
const channels = createRoute({
  ...{ method: "get", path: ways, tags, responses: { 200: answer(channelList, "The ways out") } },
  summary: "Where notices go besides the dashboard; tokens and secret addresses are never told",
});
const put = createRoute({
  ...{ method: "put", path: `${ways}/{id}`, tags, responses: { 200: answer(channelView, "The way out") } },
  summary: "Set a way out for notices",
  description: "The id is yours to choose. A secret is kept only for the server that it was given for.",
  request: { params: idParam, ...body(channelRequest) },
});
const remove = createRoute({
  ...{ method: "delete", path: `${ways}/{id}`, tags, responses: { 200: answer(done, "Removed") } },
  summary: "Send nothing there any more",
  request: { params: idParam },
});
const test = createRoute({
  ...{ method: "post", path: `${ways}/{id}/test`, tags, responses: { 200: answer(testAnswer, "How it went") } },
  summary: "Send a test message now, once",
  request: { params: idParam },
});

export function notificationRoutes(app: App, { hub }: Room): void {
  const { notices, clock } = hub;
  /** Of answers that did nothing, by the account. */
  const limiter = new Limiter();
  app.openapi(list, (c) => c.json(notices.list(c.req.valid("query").limit), 200));
  app.openapi(read, (c) => {
    notices.read(c.req.valid("json").ids);
    return c.json(notices.list(50), 200);
  });
  app.openapi(answering, async (c) => {
    const { account, name } = c.get("who");
    const attempt = limiter.begin([account], clock.now());
    if (!attempt.ok) return tooMany(c, attempt.retryAfterS);
    const sent = await notices.answer(c.req.valid("param").id, c.req.valid("json").answer, name);
    if (!sent.ok) return conflict(c, sent.reason);
    attempt.succeeded();
    return c.json(notices.list(50), 200);
  });
  app.openapi(channels, (c) => c.json({ channels: notices.channels(), pushKey: notices.pushKey() }, 200));
  app.openapi(put, (c) => {
    try {
      return c.json(notices.setChannel(c.req.valid("param").id, c.req.valid("json"), c.get("who").name), 200);
    } catch (error) {
      return badInput(c, [fieldErrorOf(error)]);
    }
  });
  app.openapi(remove, (c) => {
    const { id } = c.req.valid("param");
    const isGone = notices.removeChannel(id, c.get("who").name);
    return isGone ? c.json({ ok: true as const }, 200) : notFound(c, `There is no way out ${id}.`);
  });
  app.openapi(test, async (c) => {
    const { id } = c.req.valid("param");
    const sent = await notices.test(id);
    return sent ? c.json(sent, 200) : notFound(c, `There is no way out ${id}.`);
  });
}
