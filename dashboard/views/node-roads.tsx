import { useState } from "preact/hooks";
import type { MergedView, NodeView } from "../../hub/http/schemas.ts";
import { announcement } from "../acting.ts";
import { inWords, post } from "../api.ts";
import { Choice } from "../parts/field.tsx";
import { Notice } from "../parts/notice.tsx";
import { roadWords } from "../parts/same-device.tsx";
import { now, readNodes, settings } from "../store.ts";
import { age, moment } from "../words/format.ts";
import { useIdentity } from "./identity.tsx";

/** The roads to a device: which tells what now, why they are one, and how to part them. Or: that another device is the same. */
export function NodeRoads({ node, others }: { readonly node: NodeView; readonly others: readonly NodeView[] }) {
  const merged = useIdentity()?.merges.find((m) => m.node === node.id);
  const [problem, setProblem] = useState("");
  const run = async (path: string, body: object, said: string) => {
    setProblem("");
    try {
      await post(`/identity/${path}`, body);
      announcement.value = said;
    } catch (error) {
      setProblem(inWords(error));
    }
    await readNodes().catch(() => undefined);
  };
  return (
    <section class="card stack" aria-label="Roads to this device">
      <h2>{merged ? "Reached on several roads" : "The same as another?"}</h2>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {merged ? (
        <>
          <ul class="stack">
            {merged.roads.map((road) => (
              <Road
                key={road.device}
                road={road}
                paths={merged.paths}
                onSplit={() =>
                  run("split", { node: node.id, device: road.device }, `${road.name} is a device of its own`)
                }
              />
            ))}
          </ul>
          <Why merged={merged} />
        </>
      ) : null}
      <Same node={node} others={others} onSame={(other) => run("merge", { keep: node.id, other }, "one device now")} />
    </section>
  );
}

interface RoadProps {
  readonly road: MergedView["roads"][number];
  readonly paths: MergedView["paths"];
  readonly onSplit: () => Promise<void>;
}

function Road({ road, paths, onSplit }: RoadProps) {
  const [asked, setAsked] = useState(false);
  const labels = (pick: (p: MergedView["paths"][number]) => readonly string[]) =>
    [...new Set(paths.filter((p) => pick(p).includes(road.device)).map((p) => p.label))].join(", ");
  const [tells, could] = [labels((p) => p.now), labels((p) => p.others)];
  return (
    <li class="stack" data-road={road.device}>
      <div class="finding-head">
        <strong>{roadWords(road)}</strong>
        <span class={`pill ${road.live ? "pill-good" : "pill-bad"}`}>{road.live ? "here" : "lost"}</span>
      </div>
      <dl class="finding-facts small-text">
        {[
          ["Called", road.name],
          ["Tells now", tells || "nothing"],
          ["Could tell", could],
          ["Heard", road.heardAt === undefined ? "" : age(road.heardAt, now.value)],
          ["Addresses", road.addresses.join(", ")],
        ].map(([label, value]) =>
          value ? (
            <div key={label}>
              <dt class="quiet">{label}</dt>
              <dd class={label === "Addresses" ? "code" : ""}>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {road.leads ? null : asked ? (
        <>
          <p class="small-text">
            It becomes a device of its own again, with the name, room and history that it had. The hub will not put the
            two together again by itself.
          </p>
          <div class="row">
            <button type="button" class="small primary" onClick={() => void onSplit()}>
              Part them
            </button>
            <button type="button" class="small" onClick={() => setAsked(false)}>
              Not now
            </button>
          </div>
        </>
      ) : (
        <div class="row">
          <button type="button" class="small" onClick={() => setAsked(true)}>
            This is another device …
          </button>
        </div>
      )}
    </li>
  );
}

function Why({ merged: { evidence, by, at } }: { readonly merged: MergedView }) {
  const who = by === "hub" ? "The hub found that they are one" : `${by} said that they are one`;
  return (
    <p class="quiet small-text">
      {who}, {moment(at, settings.value?.timeZone)}. {evidence.map((e) => e.words).join(" ")}
    </p>
  );
}

interface SameProps {
  readonly node: NodeView;
  readonly others: readonly NodeView[];
  readonly onSame: (other: string) => Promise<void>;
}

/** A person knows better: two entries of the list are one thing on the wall. */
function Same({ node, others, onSame }: SameProps) {
  const [asked, setAsked] = useState(false);
  const [other, setOther] = useState("");
  if (others.length === 0) return null;
  if (!asked)
    return (
      <button type="button" class="plain" onClick={() => setAsked(true)}>
        It is the same as another device …
      </button>
    );
  const options = others.map((n) => ({
    value: n.id,
    label: [n.name, n.room, roadWords(n)].filter(Boolean).join(", "),
  }));
  return (
    <>
      <Choice
        label="The other entry of this device"
        value={other}
        options={[{ value: "", label: "choose …" }, ...options]}
        onChange={setOther}
      />
      <p class="small-text">
        Both become {node.name}, which keeps its name, room, history and rules. You can part them again at any time.
      </p>
      <div class="row">
        <button type="button" disabled={other === ""} onClick={() => void onSame(other).then(() => setAsked(false))}>
          They are one
        </button>
        <button type="button" class="plain" onClick={() => setAsked(false)}>
          Not now
        </button>
      </div>
    </>
  );
}
