/** Answers to what rules ask: by people who are signed in, by links, and over MQTT. */
import { randomUUID } from "node:crypto";
import type { Outcome } from "../../../model/command.ts";
import { isOpen, type Notice } from "../../../model/house.ts";
import type { ChannelSettings, Clock, Notices, Sent } from "../../../ports.ts";
import { noticeOf } from "../../../step/notices.ts";
import type { CoreState, Input } from "../../../step.ts";
import { linkKeyOf, readToken, tokenFor } from "./links.ts";

export interface AnswerParts {
  readonly state: CoreState;
  readonly clock: Clock;
  readonly put: (input: Input) => boolean;
  readonly waiting: Map<string, (outcome: Outcome) => void>;
  /** The way out of this id, as it is now. */
  readonly way: (id: string) => ChannelSettings | undefined;
  /** The hub's data folder. */
  readonly data: string;
}

export type AnswerDesk = Pick<Notices, "answer" | "asked" | "answerByLink"> & {
  /** The link for an open question on a way that knows where the phone reaches the hub. */
  readonly link: (channel: ChannelSettings, notice: Notice) => string | undefined;
};

const NO_LINK = "This link is not known, or no longer counts.";

export function createAnswers({ state, clock, put, waiting, way, data }: AnswerParts): AnswerDesk {
  let kept: Buffer | undefined;
  const key = (): Buffer => {
    kept ??= linkKeyOf(data);
    return kept;
  };
  const answer = (notice: string, given: string, by: string): Promise<Sent> =>
    new Promise((resolve) => {
      const id = randomUUID();
      waiting.set(id, (outcome) => resolve("reason" in outcome ? { ok: false, reason: outcome.reason } : { ok: true }));
      if (put({ kind: "questionAnswered", id, notice, answer: given, by, at: clock.now() })) return;
      waiting.delete(id);
      resolve({ ok: false, reason: "The hub is too busy; try again in a moment." });
    });
  /** The question of a link, and the way that it was sent on: one that was removed or turned off answers nothing. */
  const linked = (token: string): { readonly notice: Notice; readonly by: string } | undefined => {
    const found = readToken(key(), token);
    const channel = found && way(found.way);
    const notice = found && noticeOf(state, found.notice);
    if (!notice?.question || !channel?.on || hubOf(channel) === undefined) return undefined;
    return { notice, by: `the link sent to ${channel.title}` };
  };
  return {
    answer,
    link(channel, notice) {
      const hub = hubOf(channel);
      if (hub === undefined || !isOpen(notice)) return undefined;
      return `${hub}/answer/${tokenFor(key(), { notice: notice.id, way: channel.id })}`;
    },
    asked(token) {
      const { title, text, question } = linked(token)?.notice ?? {};
      if (title === undefined || !question) return undefined;
      return {
        title,
        text: text ?? "",
        answers: question.answers,
        ...(question.over ? { over: question.over.words } : {}),
      };
    },
    async answerByLink(token, index) {
      const found = linked(token);
      if (!found) return { ok: false, reason: NO_LINK };
      return answer(found.notice.id, found.notice.question?.answers[index] ?? "", found.by);
    },
  };
}

/** Where a phone reaches the hub, as a person said. */
const hubOf = (channel: ChannelSettings): string | undefined => ("hub" in channel ? channel.hub : undefined);
