import type { Question } from "../../../model/house.ts";
import type { Channel } from "../channel.ts";
import { post } from "../post.ts";

/** The notice as JSON, with the home's name; of an open question with the addresses to which an answer is posted. */
export const webhook: Channel<"webhook"> = (settings, notice, { home, link }) => {
  const { url, authorization } = settings;
  const page = link(settings, notice);
  const links = page && notice.question?.answers.map((answer, i) => ({ answer, post: `${page}/${i}` }));
  return post({
    url,
    headers: { "content-type": "application/json", ...(authorization ? { authorization } : {}) },
    body: JSON.stringify({ home: home(), ...payloadOf(notice), ...(links ? { links } : {}) }),
  });
};

/** What a program is told of a notice. */
export const payloadOf = ({
  id,
  at,
  title,
  text,
  level,
  rule,
  nodes,
  question,
}: Parameters<Channel<"webhook">>[1]) => ({
  ...{ id, at: new Date(at).toISOString(), level, title, text, nodes },
  ...(rule === undefined ? {} : { rule }),
  ...(question ? { question: questionOf(question) } : {}),
});

const questionOf = ({ answers, until, over }: Question) => ({
  ...{ state: over ? "over" : "open", answers, until: new Date(until).toISOString() },
  ...(over ? { what: over.words, ...(over.answer === undefined ? {} : { answer: over.answer }) } : {}),
});
