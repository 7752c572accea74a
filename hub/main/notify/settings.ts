import type { ChannelSettings, ChannelWish } from "../../ports.ts";
import { misfitOfUrl } from "./post.ts";
import { misfitOfSubscriber } from "./push/seal.ts";

const MAX_SECRET = 1000;

/** What a person typed, with the secrets there were where they typed none. Throws RangeError naming the field. */
export function channelOf(id: string, wish: ChannelWish, was: ChannelSettings | undefined): ChannelSettings {
  const title = wish.title.trim();
  if (!/^[^\p{Cc}]{1,60}$/u.test(title)) throw new RangeError("title: must be 1 to 60 characters");
  const common = { id, title, on: wish.on, from: wish.from };
  switch (wish.kind) {
    case "ntfy":
      return { ...common, ...ntfyOf(wish, was) };
    case "webhook":
      return { ...common, ...webhookOf(wish, was) };
    case "mqtt":
      if (!isTopic(wish.topic))
        throw new RangeError("topic: must be an MQTT topic without + and #, such as house/notices");
      return { ...common, kind: "mqtt", topic: wish.topic, ...(wish.answers ? { answers: true } : {}) };
    case "webPush":
      return { ...common, ...pushOf(wish, was) };
  }
}

type Bare<K extends ChannelSettings["kind"]> = Omit<
  Extract<ChannelSettings, { kind: K }>,
  "id" | "title" | "on" | "from"
>;
type Wished<K extends ChannelSettings["kind"]> = Extract<ChannelWish, { kind: K }>;

function ntfyOf(wish: Wished<"ntfy">, was: ChannelSettings | undefined): Bare<"ntfy"> {
  checkUrl("server", wish.server);
  const server = new URL(wish.server).origin;
  // ntfy's own rule for topics
  if (!/^[-_A-Za-z0-9]{1,64}$/.test(wish.topic)) throw new RangeError("topic: must be 1 to 64 letters, digits, - or _");
  // A secret is kept only for the server that it was given for.
  const kept = was?.kind === "ntfy" && was.server === server ? was.token : undefined;
  const token = secret("token", wish.token) ?? kept;
  return { kind: "ntfy", server, topic: wish.topic, ...(token ? { token } : {}), ...hubOf(wish.hub) };
}

function webhookOf(wish: Wished<"webhook">, was: ChannelSettings | undefined): Bare<"webhook"> {
  const before = was?.kind === "webhook" ? was : undefined;
  const url = wish.url || before?.url;
  if (url === undefined) throw new RangeError("url: is missing");
  checkUrl("url", url);
  const isSame = before && new URL(before.url).origin === new URL(url).origin;
  const authorization = secret("authorization", wish.authorization) ?? (isSame ? before.authorization : undefined);
  return { kind: "webhook", url, ...(authorization ? { authorization } : {}), ...hubOf(wish.hub) };
}

function pushOf(wish: Wished<"webPush">, was: ChannelSettings | undefined): Bare<"webPush"> {
  const { endpoint, p256dh, auth } = wish;
  if (endpoint === undefined || p256dh === undefined || auth === undefined) {
    if (was?.kind === "webPush") return { kind: "webPush", endpoint: was.endpoint, p256dh: was.p256dh, auth: was.auth };
    throw new RangeError("endpoint: is missing; turn it on in the browser that shall be told");
  }
  checkUrl("endpoint", endpoint);
  const problem = misfitOfSubscriber({ p256dh, auth });
  if (problem) throw new RangeError(problem);
  return { kind: "webPush", endpoint, p256dh, auth };
}

/** Where the hub is reached from there; none where nothing is said. */
function hubOf(hub: string | undefined): { readonly hub?: string } {
  if (!hub) return {};
  checkUrl("hub", hub);
  return { hub: new URL(hub).origin };
}

function checkUrl(field: string, url: string): void {
  const problem = misfitOfUrl(url);
  if (problem) throw new RangeError(`${field}: ${problem}`);
}

/** An empty field of a form is no secret. */
function secret(field: string, text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (text.length > MAX_SECRET || !/^[\x20-\x7e]+$/.test(text))
    throw new RangeError(`${field}: must be at most ${MAX_SECRET} plain characters`);
  return text;
}

const isTopic = (topic: string): boolean =>
  topic.length <= 200 &&
  /^[^\p{Cc}+#$/][^\p{Cc}+#]*$/u.test(topic) &&
  !/^(inglenook|homie|homeassistant)(\/|$)/.test(topic);
