import { useState } from "preact/hooks";
import type { History, NodeView } from "../../hub/http/schemas.ts";
import { act, announcement, wantedOf } from "../acting.ts";
import { get } from "../api.ts";
import { EndpointCard } from "../parts/endpoint-card.tsx";
import { HistoryChart } from "../parts/history-chart.tsx";
import { HoldLine } from "../parts/hold-line.tsx";
import { Icon } from "../parts/icon.tsx";
import { LifeLine } from "../parts/life-line.tsx";
import { Notice } from "../parts/notice.tsx";
import { roadWords } from "../parts/same-device.tsx";
import "../styles/node.css";
import { knownOf, nodes, now, rooms, settings } from "../store.ts";
import { attributeByKey, iconOf, mainOf, secondOf } from "../words/values.ts";
import { MayBeOne } from "./identity.tsx";
import { NodeFindings } from "./node-findings.tsx";
import { NodeFlexible } from "./node-flexible.tsx";
import { LazyNodeMatter } from "./node-matter-lazy.ts";
import { NodeReplace } from "./node-replace.tsx";
import { NodeRoads } from "./node-roads.tsx";
import { NodeSettings } from "./node-settings.tsx";
import { NodeWhy } from "./node-why.tsx";
import { Repairs } from "./repairs.tsx";

const readHistory = (key: string, from: number, to: number, bucket: string) =>
  get<History>(`/history?${new URLSearchParams({ key, from: String(from), to: String(to), bucket })}`);

/** One device: all it tells with time and source, all it can do, and its past. */
export function NodePage({ id }: { readonly id: string }) {
  const all = nodes.value;
  const node = all?.find((n) => n.id === id);
  if (!all) return <p class="quiet loading">Reading the device …</p>;
  if (!node)
    return (
      <>
        <h1>No such device</h1>
        <p>
          This home has no device with that name. <a href="#/home">Back to the home</a>
        </p>
      </>
    );
  return <NodeBody node={node} />;
}

function NodeBody({ node }: { readonly node: NodeView }) {
  const [charted, setCharted] = useState(() => firstChart(node));
  const attribute = charted === undefined ? undefined : attributeByKey([node], charted);
  const maker = [node.vendor, node.model].filter(Boolean).join(" ");
  const others = (nodes.value ?? []).filter((n) => n.id !== node.id && n.adapter !== "house");
  return (
    <>
      <header class="node-head">
        <a class="back" href="#/home" aria-label="Back to the home">
          <Icon name="back" />
        </a>
        <span class="tile-icon">
          <Icon name={iconOf(node)} />
        </span>
        <div>
          <h1>{node.name}</h1>
          <p class="quiet">
            {node.room ?? "No room yet"}
            {maker ? ` · ${maker}` : ""}
          </p>
          <LifeLine node={node} now={now.value} known={knownOf} />
        </div>
      </header>
      {node.reachable === false ? (
        <Notice tone="warn">This device does not answer. Its values are the last ones it told.</Notice>
      ) : null}
      <div class="node-grid">
        <div class="stack">
          <MayBeOne node={node.id} />
          <NodeFindings node={node.id} />
          <HoldLine node={node.id} changed={announcement.value} />
          <NodeWhy key={`why ${node.id}`} node={node} />
          <NodeFlexible node={node} />
          <Repairs key={node.id} node={node.id} />
          {attribute ? (
            <section class="card stack" aria-label="History">
              <h2>{attribute.label}</h2>
              <HistoryChart attribute={attribute} timeZone={settings.value?.timeZone} read={readHistory} />
            </section>
          ) : null}
          {node.endpoints.map((endpoint) => (
            <EndpointCard
              key={endpoint.number}
              node={node.id}
              name={node.name}
              endpoint={endpoint}
              only={node.endpoints.length === 1}
              now={now.value}
              known={knownOf}
              wanted={wantedOf}
              act={act}
              charted={charted}
              onChart={(key) => {
                setCharted(key);
                scrollTo({ top: 0, behavior: "auto" });
              }}
            />
          ))}
        </div>
        <div class="stack">
          <NodeSettings key={node.id} node={node} rooms={rooms.value} />
          {node.adapter === "house" ? null : <NodeRoads node={node} others={others} />}
          {node.adapter === "matter" ? <LazyNodeMatter key={node.id} node={node} /> : null}
          {node.adapter === "house" ? null : <NodeReplace node={node} others={others} />}
          <Facts node={node} />
        </div>
      </div>
    </>
  );
}

function firstChart(node: NodeView): string | undefined {
  const main = mainOf(node);
  const shown = [main, ...secondOf(node, main)].find((t) => t?.attribute.type === "number");
  if (shown) return shown.attribute.key;
  const all = node.endpoints.flatMap((e) => e.attributes);
  return (all.find((a) => a.kind === "measurement") ?? all.find((a) => a.type === "boolean"))?.key;
}

function Facts({ node }: { readonly node: NodeView }) {
  const facts: [string, string | undefined][] = [
    ["Reached through", roadWords(node)],
    ["Maker", node.vendor],
    ["Model", node.model],
    ["Serial number", node.serial],
    ["Firmware", node.firmware],
    ["Id", node.id],
  ];
  return (
    <section class="card stack" aria-label="About this device">
      <h2>About it</h2>
      <dl class="facts">
        {facts.map(([label, value]) =>
          value ? (
            <div key={label}>
              <dt class="quiet small-text">{label}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}
