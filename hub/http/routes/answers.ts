/** Answers by a link, without a sign-in: the link itself is the secret. A GET only shows, so that a preview of it answers nothing. */
import { html } from "hono/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { LinkedQuestion } from "../../ports.ts";
import { type App, type Ctx, peerOf, type Room } from "../context.ts";
import { Limiter } from "../limiter.ts";

const path = "/answer/:token";
const UNKNOWN = "This link is not known here, or no longer counts.";

export function answerRoutes(app: App, { hub }: Room): void {
  const { notices, clock } = hub;
  const limiter = new Limiter();
  /** Who tries links that are none has to wait. */
  const question = async (c: Ctx): Promise<LinkedQuestion | Response> => {
    const attempt = limiter.begin([peerOf(c)], clock.now());
    if (!attempt.ok) {
      c.header("retry-after", String(attempt.retryAfterS));
      return page(c, 429, "Too many tries", html`<p>Wait a while, and try again.</p>`);
    }
    const asked = notices.asked(c.req.param("token") ?? "");
    if (!asked) return page(c, 404, "Nothing to answer", html`<p>${UNKNOWN}</p>`);
    attempt.succeeded();
    return asked;
  };
  app.get(path, async (c) => {
    const asked = await question(c);
    return asked instanceof Response ? asked : shown(c, asked);
  });
  app.post(`${path}/:index{[0-3]}`, async (c) => {
    const asked = await question(c);
    if (asked instanceof Response) return asked;
    const sent = await notices.answerByLink(c.req.param("token"), Number(c.req.param("index")));
    const words = sent.ok ? `Your answer is taken: ${asked.answers[Number(c.req.param("index"))]}.` : sent.reason;
    return page(c, sent.ok ? 200 : 409, asked.title, html`<p role="status">${words}</p>`);
  });
}

function shown(c: Ctx, { title, text, answers, over }: LinkedQuestion): Response | Promise<Response> {
  if (over !== undefined) return page(c, 200, title, html`<p role="status">This question is over: ${over}.</p>`);
  const here = c.req.path.replace(/\/$/, "");
  const buttons = answers.map(
    (answer, i) =>
      html`<form method="post" action="${here}/${String(i)}"><button type="submit">${answer}</button></form>`,
  );
  return page(c, 200, title, html`${text === "" ? "" : html`<p class="text">${text}</p>`}${buttons}`);
}

/** Works without script and style of its own; what people wrote is escaped by the template. */
function page(c: Ctx, status: ContentfulStatusCode, title: string, body: ReturnType<typeof html>) {
  return c.html(
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="/answer.css">
</head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>`,
    status,
  );
}
