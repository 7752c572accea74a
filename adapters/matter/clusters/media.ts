import { scaled, words } from "./codecs.ts";
import { labelArg, labelled, labelType, numberOf, uniqueLabels } from "./labels.ts";
import { amount, field, list, partOf } from "./structs.ts";
import { type ClusterTable, clusterTable, type Siblings } from "./table.ts";

/** Media clusters (6.10, 6.4, 6.9). Lengths are milliseconds on the wire. */
export const mediaPlayback: ClusterTable = clusterTable({
  cluster: "MediaPlayback",
  id: 0x0506,
  capability: "mediaPlayback",
  attributes: {
    currentState: words({ 0: "playing", 1: "paused", 2: "notPlaying", 3: "buffering" }),
    playbackSpeed: scaled(1),
    duration: scaled(1000),
  },
  parts: { position: partOf("sampledPosition", (sample) => amount(field(sample, "position"), 1000)) },
  commands: {
    play: { command: "play", id: 0 },
    pause: { command: "pause", id: 1 },
    stop: { command: "stop", id: 2 },
    startOver: { command: "startOver", id: 3 },
    previous: { command: "previous", id: 4 },
    next: { command: "next", id: 5 },
  },
});

/** A list of places to play on or from, of which one is chosen by name. */
function choice(names: {
  readonly cluster: string;
  readonly id: number;
  readonly capability: string;
  readonly listed: string;
  readonly current: string;
  readonly command: string;
  readonly without: string;
}): ClusterTable {
  const labels = (siblings: Siblings) =>
    uniqueLabels(
      list(siblings(names.listed)).map((one) => [field(one, "index"), field(one, "name")] as const),
      names.without,
      64,
    );
  return clusterTable({
    cluster: names.cluster,
    id: names.id,
    capability: names.capability,
    attributes: { [names.current]: labelled(labels, names.without) },
    commands: {
      [names.command]: {
        command: names.command,
        id: 0,
        args: labelArg("index", labels),
        fields: (args, siblings) => {
          const index = numberOf(labels, siblings, args.index);
          return index === undefined
            ? `index is none of the device's: ${[...labels(siblings).values()].join(", ")}`
            : { index };
        },
      },
    },
    ignored: [names.listed],
    types: { [names.current]: labelType(labels) },
  });
}

export const audioOutput = choice({
  ...{ cluster: "AudioOutput", id: 0x050b, capability: "audioOutput", without: "Output" },
  ...{ listed: "outputList", current: "currentOutput", command: "selectOutput" },
});

export const mediaInput = choice({
  ...{ cluster: "MediaInput", id: 0x0507, capability: "mediaInput", without: "Source" },
  ...{ listed: "inputList", current: "currentInput", command: "selectInput" },
});
