import { useState } from "preact/hooks";
import type { NotifyChannel, NotifyTest } from "../../../hub/http/schemas/notifications.ts";
import { del, inWords, post } from "../../api.ts";
import { settings } from "../../store.ts";
import { moment } from "../../words/format.ts";

export const KINDS = { ntfy: "ntfy", webhook: "Webhook", mqtt: "MQTT", webPush: "A browser" } as const;
export const LEVELS = { info: "all messages", warn: "warnings and alarms", alarm: "alarms only" } as const;

interface Props {
  readonly channel: NotifyChannel;
  readonly onChange: () => void;
  readonly onDone: () => void;
}

/** A way out: where it leads, how it went, and a test of it. */
export function ChannelCard({ channel, onChange, onDone }: Props) {
  const { id, kind, title, on, from, where, sentAt, problem, waiting, lost } = channel;
  const [tested, setTested] = useState<NotifyTest | "asking" | undefined>(undefined);
  const path = `/notify-channels/${encodeURIComponent(id)}`;
  const failed = (error: unknown) => setTested({ ok: false, reason: inWords(error) });
  const test = async () => {
    setTested("asking");
    await post<NotifyTest>(`${path}/test`).then(setTested, failed);
    onDone();
  };
  const facts = [
    `${KINDS[kind]} · ${where} · ${LEVELS[from]}`,
    channel.answers ? "questions can be answered there" : "questions are only told there",
    sentAt === undefined ? "" : `last sent ${moment(sentAt, settings.value?.timeZone)}`,
    waiting > 0 ? `${waiting} waiting` : "",
    lost > 0 ? `${lost} not sent` : "",
  ];
  return (
    <>
      <div class="row spread">
        <span>
          <strong>{title}</strong> {on ? null : <span class="pill">off</span>}
        </span>
        <span class="row">
          <button type="button" class="small" disabled={tested === "asking"} onClick={() => void test()}>
            Send a test<span class="heard"> to {title}</span>
          </button>
          <button type="button" class="plain" onClick={onChange}>
            Change<span class="heard"> {title}</span>
          </button>
          <button type="button" class="plain" onClick={() => void del(path).then(onDone, failed)}>
            Remove<span class="heard"> {title}</span>
          </button>
        </span>
      </div>
      <p class="quiet small-text">{facts.filter(Boolean).join(" · ")}</p>
      <div aria-live="polite" class="small-text">
        {tested === "asking" ? <p class="quiet">Sending …</p> : null}
        {tested && tested !== "asking" && tested.ok ? <p class="wanted-good">The test was sent.</p> : null}
        {tested && tested !== "asking" && !tested.ok ? <p class="wanted-bad">Not sent: {tested.reason}</p> : null}
        {problem && !tested ? <p class="wanted-bad">The last message did not go out: {problem}</p> : null}
      </div>
    </>
  );
}
