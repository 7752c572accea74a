import { useEffect, useState } from "preact/hooks";
import type { NotifyChannel, NotifyChannelList } from "../../../hub/http/schemas/notifications.ts";
import { get, inWords } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { ChannelCard } from "./notifications-card.tsx";
import { ChannelForm } from "./notifications-form.tsx";
import { Inbox } from "./notifications-inbox.tsx";
import { PushHere } from "./notifications-push.tsx";

/** What the house told, and where else it tells it. */
export function Notifications() {
  const [all, setAll] = useState<NotifyChannelList | undefined>(undefined);
  const [open, setOpen] = useState<NotifyChannel | "new" | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const read = () =>
    get<NotifyChannelList>("/notify-channels").then(
      (list) => {
        setAll(list);
        setProblem("");
      },
      (error: unknown) => setProblem(inWords(error)),
    );
  useEffect(() => {
    void read();
  }, []);
  const done = () => {
    setOpen(undefined);
    void read();
  };
  return (
    <div class="stack">
      <Inbox />
      <section class="card stack" aria-label="Where else to tell you">
        <h2>Where else to tell you</h2>
        <p class="quiet">
          Messages always stand here. They can also go to your phone or to another program. If too many come in a short
          time, the rest is held back and you are told how many.
        </p>
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        <ul class="stack">
          {(all?.channels ?? []).map((channel) => (
            <li key={channel.id} class="stack person-row">
              <ChannelCard channel={channel} onChange={() => setOpen(channel)} onDone={() => void read()} />
              {open !== "new" && open?.id === channel.id ? <ChannelForm channel={channel} onDone={done} /> : null}
            </li>
          ))}
        </ul>
        {open === "new" ? (
          <ChannelForm onDone={done} />
        ) : (
          <div class="row">
            <button type="button" onClick={() => setOpen("new")}>
              Add a way
            </button>
          </div>
        )}
        {all ? <PushHere publicKey={all.pushKey} onDone={() => void read()} /> : null}
      </section>
    </div>
  );
}
