import { useEffect, useState } from "preact/hooks";
import type { AnnounceSettings } from "../../../hub/http/schemas.ts";
import { get, inWords, put } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";

const CHOICES = [
  {
    key: "homeAssistant",
    label: "To Home Assistant",
    words: "Your devices appear there by themselves. Those that Home Assistant already hears are left out.",
  },
  {
    key: "homie",
    label: "As Homie devices",
    words: "For openHAB and others that read the Homie convention, version 5.",
  },
] as const;

/** Whether the hub tells others on its brokers of its devices. */
export function AnnouncingForm() {
  const [now, setNow] = useState<AnnounceSettings | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const failed = (error: unknown) => setProblem(inWords(error));
  useEffect(() => {
    get<AnnounceSettings>("/announcing").then(setNow, failed);
  }, []);
  const turn = (key: keyof AnnounceSettings, on: boolean) => {
    if (now) put<AnnounceSettings>("/announcing", { ...now, [key]: on }).then(setNow, failed);
  };
  return (
    <section class="card stack" aria-label="Tell others of your devices">
      <h3>Tell others of your devices</h3>
      <p class="quiet">
        All devices of this hub, Matter ones too, can be shown and switched from other programs on these brokers, under
        the topic <code>inglenook</code>. Off unless you turn it on.
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {CHOICES.map(({ key, label, words }) => (
        <label key={key} class="choice">
          <input
            type="checkbox"
            checked={now?.[key] ?? false}
            disabled={!now}
            onChange={(e) => turn(key, e.currentTarget.checked)}
          />
          <span>
            <strong>{label}</strong> <span class="quiet">{words}</span>
          </span>
        </label>
      ))}
    </section>
  );
}
