import type { IdentityView } from "../../hub/http/schemas.ts";
import { age } from "../words/format.ts";

/** Devices of this hub's own that it met again: left out, so that nothing is there twice. Nothing where there are none. */
export function OwnDevices({ own, now }: { readonly own: IdentityView["own"]; readonly now: number }) {
  if (own.length === 0) return null;
  return (
    <section class="card stack" aria-label="Your own bridge">
      <h2>Your own bridge</h2>
      <p class="quiet">
        This hub shows these to others, and met them again. They are not added a second time, not counted twice and not
        shown to others again.
      </p>
      <ul class="small-text">
        {own.slice(0, 20).map((d) => (
          <li key={d.device}>
            {d.name}, over {d.over === "matter" ? "Matter" : `MQTT, ${d.over}`}, {age(d.at, now)}
          </li>
        ))}
      </ul>
      {own.length > 20 ? <p class="quiet">And {own.length - 20} more.</p> : null}
    </section>
  );
}
