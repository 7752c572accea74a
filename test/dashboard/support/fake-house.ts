/** How the fake house is lived in, and what the fake hub does with it. */
import type { HouseView, SceneActionView, SceneRun, SceneView } from "../../../hub/http/schemas/house-state.ts";

const action = (node: string, command: string, words: string): SceneActionView => ({
  ...{ node, endpoint: 1, capability: "onOff", command, args: {}, words, gone: false },
});

export const fakeHouse = (now: number): HouseView => ({
  mode: "home",
  modeSince: now - 3_600_000,
  modeBy: "Kim",
  modes: ["home", "away", "night", "holiday", "Film evening"],
  ownModes: ["Film evening"],
  anyoneHome: true,
  people: [
    { id: "kim", name: "Kim", home: true, since: now - 3_600_000, by: "Kim said so" },
    {
      ...{ id: "sam", name: "Sam", home: false, since: now - 7_200_000, by: "sam-phone is on the network" },
      network: { hosts: ["sam-phone.local"], awayAfterMin: 15 },
      seen: "last seen 31 minutes ago",
    },
  ],
  spans: [{ entry: "holiday", from: now + 86_400_000, to: now + 8 * 86_400_000, title: "At the sea" }],
});

export const fakeScenes = (): SceneView[] => [
  {
    id: "dinner",
    title: "Dinner",
    actions: [
      action("lamp", "on", "Living room light: turn on"),
      action("tv", "off", "TV corner: turn off"),
      { ...action("attic", "off", "attic: turn off"), gone: true },
    ],
  },
  { id: "night", title: "Good night", actions: [action("lamp", "off", "Living room light: turn off")] },
];

interface Lived {
  house: HouseView;
  scenes: SceneView[];
}

type Body = Readonly<Record<string, unknown>>;

export function houseAnswer(s: Lived, method: string, path: readonly string[], body: Body): unknown {
  const [what = "", id = ""] = path;
  if (method !== "PUT") return s.house;
  if (what === "mode") s.house = { ...s.house, mode: String(body.mode) };
  if (what === "people") s.house = { ...s.house, people: id ? moved(s.house, id, body) : peopleOf(s.house, body) };
  if (what === "modes" || what === "spans") s.house = { ...s.house, ...body, ownModes: ownOf(s.house, body) };
  return s.house;
}

type People = HouseView["people"];

const moved = ({ people }: HouseView, id: string, { home }: Body): People =>
  people.map((p) => (p.id === id ? { ...p, home: home === true, by: "Kim said so" } : p));

const peopleOf = ({ people }: HouseView, body: Body): People =>
  (Array.isArray(body.people) ? body.people : []).map((wish: { id?: string; name: string }) => {
    const was = people.find((p) => p.id === wish.id);
    const known = was ?? { id: "new", home: "unknown" as const, since: Date.now(), by: "nothing was said yet" };
    return { ...known, ...wish };
  });

const ownOf = ({ ownModes }: HouseView, { modes }: Body): readonly string[] =>
  Array.isArray(modes) ? modes.map(String) : ownModes;

export function sceneAnswer(s: Lived, method: string, [id = "", deed = ""]: readonly string[], body: Body): unknown {
  if (id === "now")
    return {
      actions: [
        action("lamp", "on", "Living room light: turn on"),
        {
          ...action("lamp", "moveToLevel", "Living room light: set level 62 %"),
          ...{ capability: "levelControl", args: { level: 62 } },
        },
      ],
    };
  const scene = s.scenes.find((x) => x.id === id);
  if (id === "try" || deed === "activate") return ran(scene);
  if (method === "GET") return { scenes: s.scenes };
  if (method === "DELETE") {
    s.scenes = s.scenes.filter((x) => x !== scene);
    return { ok: true };
  }
  const made: SceneView = { id: id || "made", title: String(body.title), actions: [] };
  s.scenes = scene ? s.scenes.map((x) => (x === scene ? { ...x, title: made.title } : x)) : [...s.scenes, made];
  return made;
}

const ran = (scene: SceneView | undefined): SceneRun => ({
  at: Date.now(),
  by: "Kim",
  results: (scene?.actions ?? []).map(({ words, gone }) => ({
    words,
    outcome: gone
      ? { state: "refused" as const, reason: "node: there is no device attic" }
      : { state: "confirmed" as const, afterMs: 90 },
  })),
});
