/** Answers that a client of the home's brokers gives. */
import type { MqttAdapter } from "../../../../adapters/mqtt/link.ts";
import type { ChannelSettings } from "../../../ports.ts";
import type { AnswerDesk } from "./desk.ts";

type Way = Extract<ChannelSettings, { kind: "mqtt" }>;

/** Below the topic of the messages: where answers are heard, and where it is told what became of them. */
export const answerTopic = (topic: string): string => `${topic}/answer`;
const resultTopic = (topic: string): string => `${topic}/answered`;

const MAX_BYTES = 1024;
/** Answers that are looked at in any one minute, of all clients together. */
const MAX_A_MINUTE = 30;
const MINUTE = 60_000;

/**
 * Hears answers as JSON, `{"id": "<of the question>", "answer": "<one that was offered>"}`. Whoever may write to the topic may answer;
 * the broker's own accounts decide that. What a broker kept is no answer.
 */
export function hearAnswers(
  mqtt: Pick<MqttAdapter, "hear" | "announce">,
  ways: () => readonly ChannelSettings[],
  answer: AnswerDesk["answer"],
  now: () => number,
): void {
  const count = { from: 0, heard: 0 };
  mqtt.hear((topic, payload, retained) => {
    const way = ways().find((w): w is Way => w.kind === "mqtt" && w.answers === true && answerTopic(w.topic) === topic);
    if (!way) return false;
    const at = now();
    if (Math.abs(at - count.from) >= MINUTE) Object.assign(count, { from: at, heard: 0 });
    count.heard += 1;
    const given = payload.length > MAX_BYTES ? undefined : answerIn(Buffer.from(payload).toString("utf8"));
    if (retained || !way.on || count.heard > MAX_A_MINUTE) return true;
    const tell = (body: object) =>
      mqtt.announce({ topic: resultTopic(way.topic), payload: JSON.stringify(body), qos: 1 }, false);
    if (!given) tell({ ok: false, reason: 'An answer is JSON: {"id": "…", "answer": "…"}.' });
    else void answer(given.id, given.answer, `MQTT (${way.title})`).then((sent) => tell({ id: given.id, ...sent }));
    return true;
  });
}

function answerIn(text: string): { readonly id: string; readonly answer: string } | undefined {
  try {
    const { id, answer } = JSON.parse(text) as { id?: unknown; answer?: unknown };
    return typeof id === "string" && typeof answer === "string" ? { id, answer } : undefined;
  } catch {
    return undefined;
  }
}
