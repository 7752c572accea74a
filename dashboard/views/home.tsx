import { useMemo, useState } from "preact/hooks";
import type { NodeView, SentenceAnswer, SentenceRequest } from "../../hub/http/schemas.ts";
import { act, wantedOf } from "../acting.ts";
import { post } from "../api.ts";
import { EnergyStrip } from "../parts/energy-strip.tsx";
import { SentenceBox } from "../parts/sentence-box.tsx";
import { Tile } from "../parts/tile.tsx";
import { linkTo } from "../router.ts";
import { energy, knownOf, nodes, now, rooms, settings } from "../store.ts";
import { type Group, groupsOf, search } from "../words/groups.ts";
import { hasType } from "../words/values.ts";
import { HouseNow } from "./house-now.tsx";
import { News } from "./news.tsx";

const ask = (said: SentenceRequest) => post<SentenceAnswer>("/sentences", said);

/** The home by room: what is on, how warm it is, and the hand on every switch. */
export function HomeView() {
  const all = nodes.value;
  return (
    <>
      <header class="view-head">
        <h1 tabIndex={-1}>{settings.value?.name ?? "Home"}</h1>
        {all ? <Answering nodes={all} /> : null}
      </header>
      <News />
      <HouseNow />
      <SentenceBox ask={ask} />
      {all ? (
        <EnergyStrip energy={energy.value} has={(type) => hasType(all, type)} currency={settings.value?.currency} />
      ) : null}
      {all === undefined ? <Skeleton /> : all.length === 0 ? <Empty /> : <Found nodes={all} />}
    </>
  );
}

/** More devices than one sees at a glance can be searched. */
const MANY = 24;

function Found({ nodes: all }: { readonly nodes: readonly NodeView[] }) {
  const [text, setText] = useState("");
  const found = useMemo(() => search(all, text), [all, text]);
  if (all.length <= MANY) return <Rooms nodes={all} />;
  return (
    <>
      <div class="row">
        <input
          type="search"
          class="finder"
          value={text}
          maxLength={80}
          aria-label="Find a device"
          placeholder="Find a device: name, room, maker, kind"
          onInput={(e) => setText(e.currentTarget.value)}
        />
        <p class="quiet small-text" role="status">
          {text.trim() === "" ? "" : `${found.length} of ${all.length}`}
        </p>
      </div>
      <Rooms nodes={found} />
    </>
  );
}

function Rooms({ nodes: all }: { readonly nodes: readonly NodeView[] }) {
  const order = rooms.value;
  const byRoom = useMemo(() => packed(groupsOf(all, order)), [all, order]);
  return (
    <div class="rooms">
      {byRoom.map(([room, inRoom], i) => (
        <section key={room} class={`room span-${spanOf(inRoom)}`} aria-labelledby={`room-${i}`}>
          <h2 id={`room-${i}`}>{room}</h2>
          <ul class="tiles">
            {inRoom.map((node) => (
              <Tile
                key={node.id}
                node={node}
                href={linkTo("node", node.id)}
                now={now.value}
                known={knownOf}
                wanted={wantedOf}
                act={act}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Tiles that fit side by side where there is most room; home.css knows the same number. */
const COLUMNS = 4;
const spanOf = (inRoom: readonly NodeView[]): number => Math.min(COLUMNS, inRoom.length);

/** Rooms in an order in which small ones share a row and leave no hole: each goes to the first row that has space. */
function packed(list: readonly Group[]): Group[] {
  const rows: { free: number; readonly held: Group[] }[] = [];
  for (const room of list) {
    const span = spanOf(room[1]);
    const row = rows.find((r) => r.free >= span);
    if (row) {
      row.held.push(room);
      row.free -= span;
    } else rows.push({ free: COLUMNS - span, held: [room] });
  }
  return rows.flatMap((r) => r.held);
}

/** What is on battery and asleep answers in its time. */
const isSilent = ({ presence }: NodeView): boolean => presence === "lost" || presence === "silent";

function Answering({ nodes: all }: { readonly nodes: readonly NodeView[] }) {
  const silent = all.filter(isSilent);
  const unheard = all.filter(({ presence }) => presence === "unheard").length;
  const waited = unheard === 0 ? "" : `, ${unheard} not heard from yet`;
  if (silent.length === 0)
    return (
      <p class="quiet">
        {all.length} devices{waited || ", all of them answer"}
      </p>
    );
  const names = silent
    .slice(0, 3)
    .map((n) => n.name)
    .join(", ");
  return (
    <p class="doubt">
      {silent.length} of {all.length} devices {silent.length === 1 ? "does" : "do"} not answer: {names}
      {silent.length > 3 ? " and more" : ""}
      {waited}
    </p>
  );
}

const Skeleton = () => (
  <ul class="tiles" aria-label="Reading the home">
    {[0, 1, 2, 3, 4, 5].map((i) => (
      <li class="tile skeleton" key={i} />
    ))}
  </ul>
);

const Empty = () => (
  <section class="empty">
    <h2>No devices yet</h2>
    <p>
      Point your devices' MQTT to this hub, or <a href="#/settings/pairing">pair a Matter device by its code</a>. They
      appear here by themselves.
    </p>
  </section>
);
