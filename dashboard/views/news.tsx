import type { NoticeList } from "../../hub/http/schemas/notifications.ts";
import { post } from "../api.ts";
import { Notice } from "../parts/notice.tsx";
import { isOpen, Question } from "../parts/question.tsx";
import { notices, settings } from "../store.ts";
import { moment } from "../words/format.ts";

/** So many are shown on the home view itself. */
const SHOWN = 2;
/** A house that asks for more than this at once has more questions in its messages. */
const ASKED = 4;

/** Says that notices were read, all where none are named. */
export const markRead = async (ids?: readonly string[]): Promise<void> => {
  notices.value = await post<NoticeList>("/notices/read", ids ? { ids } : {});
};

/** What rules ask, what is urgent and unread, and a way to the rest. */
export function News() {
  const all = notices.value;
  const asked = all?.notices.filter(isOpen).slice(0, ASKED) ?? [];
  if (!all || (all.unread === 0 && asked.length === 0)) return null;
  const urgent = all.notices.filter((n) => !n.read && n.level !== "info" && !isOpen(n)).slice(0, SHOWN);
  const rest = all.unread - urgent.length - asked.filter((n) => !n.read).length;
  return (
    <section class="news" aria-label="Messages from your house">
      {asked.map((notice) => (
        <Notice key={notice.id} tone={notice.level === "alarm" ? "bad" : notice.level === "warn" ? "warn" : "calm"}>
          <p>
            <strong>{notice.title}</strong> {notice.text}{" "}
            <span class="small-text">{moment(notice.at, settings.value?.timeZone)}</span>
          </p>
          <Question notice={notice} />
        </Notice>
      ))}
      {urgent.map(({ id, at, title, text, level }) => (
        <Notice key={id} tone={level === "alarm" ? "bad" : "warn"}>
          <div class="row spread">
            <p>
              <strong>{title}</strong> {text} <span class="small-text">{moment(at, settings.value?.timeZone)}</span>
            </p>
            <button type="button" class="small" onClick={() => void markRead([id]).catch(() => undefined)}>
              Read<span class="heard"> {title}</span>
            </button>
          </div>
        </Notice>
      ))}
      {rest > 0 ? (
        <p class="small-text">
          <a href="#/settings/notifications">
            {rest} {urgent.length + asked.length > 0 ? "more " : ""}unread {rest === 1 ? "message" : "messages"}
          </a>
        </p>
      ) : null}
    </section>
  );
}
