import { useState } from "preact/hooks";
import type { NoticeList, Notice as Told } from "../../../hub/http/schemas/notifications.ts";
import { get } from "../../api.ts";
import { isOpen, Question } from "../../parts/question.tsx";
import { linkTo } from "../../router.ts";
import { nodes, notices, settings } from "../../store.ts";
import { moment } from "../../words/format.ts";
import { markRead } from "../news.tsx";

const TONES = { info: "", warn: "pill-warn", alarm: "pill-bad" } as const;
const WORDS = { info: "message", warn: "warning", alarm: "alarm" } as const;

/** What people were told, the newest first. */
export function Inbox() {
  const [whole, setWhole] = useState<NoticeList | undefined>(undefined);
  const now = notices.value;
  if (!now) return <p class="quiet loading">Reading …</p>;
  const shown = whole && whole.notices.length > now.notices.length ? merged(now, whole) : now.notices;
  return (
    <section class="card stack" aria-label="Messages from your house">
      <div class="row spread">
        <h2>Messages from your house</h2>
        {now.unread > 0 ? (
          <button type="button" class="small" onClick={() => void markRead().catch(() => undefined)}>
            Mark all as read
          </button>
        ) : null}
      </div>
      {shown.length === 0 ? (
        <p class="quiet">Nothing yet. Rules can tell you things, and they stand here then.</p>
      ) : null}
      <ul class="notices">
        {shown.map((notice) => (
          <Row key={notice.id} notice={notice} />
        ))}
      </ul>
      {shown.length < now.total ? (
        <div class="row">
          <button
            type="button"
            class="plain"
            onClick={() => void get<NoticeList>("/notices?limit=500").then(setWhole, () => undefined)}
          >
            Show all {now.total}
          </button>
        </div>
      ) : null}
    </section>
  );
}

/** The newest as they are now, and the older ones as they were read. */
function merged(now: NoticeList, whole: NoticeList): readonly Told[] {
  const newest = new Set(now.notices.map((n) => n.id));
  const older = now.unread === 0 ? whole.notices.map((n) => ({ ...n, read: true })) : whole.notices;
  return [...now.notices, ...older.filter((n) => !newest.has(n.id))];
}

function Row({ notice }: { readonly notice: Told }) {
  const { id, at, title, text, level, nodes: of, read } = notice;
  const devices = of.flatMap((node) => nodes.value?.find((n) => n.id === node) ?? []).slice(0, 5);
  return (
    <li class={read && !isOpen(notice) ? "quiet" : ""}>
      <div class="row spread">
        <span>
          {read ? null : <span class={`pill ${TONES[level]}`}>{WORDS[level]}</span>} <strong>{title}</strong>
        </span>
        <span class="row small-text">
          <span class="quiet">{moment(at, settings.value?.timeZone)}</span>
          {read ? null : (
            <button type="button" class="plain" onClick={() => void markRead([id]).catch(() => undefined)}>
              Read<span class="heard"> {title}</span>
            </button>
          )}
        </span>
      </div>
      {text ? <p>{text}</p> : null}
      <Question notice={notice} />
      {devices.length > 0 ? (
        <p class="small-text">
          {devices.map((n, i) => (
            <>
              {i > 0 ? ", " : ""}
              <a href={linkTo("node", n.id)}>{n.name}</a>
            </>
          ))}
        </p>
      ) : null}
    </li>
  );
}
