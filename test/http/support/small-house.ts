import { newHouse } from "../../../hub/model/house.ts";
import type { HouseDesk, Notices, Scenes, SceneView } from "../../../hub/ports.ts";

/** A house where nobody lives, with scenes that ask for nothing. */
export function smallHouse(): { house: HouseDesk; scenes: Scenes; notices: Notices } {
  let mode = "home";
  const scenes: SceneView[] = [];
  const view = (id: string, title: string): SceneView => ({ id, title, actions: [] });
  return {
    house: {
      now: () => ({ ...newHouse, mode, modes: ["home", "away"], anyoneHome: "unknown", people: [] }),
      setMode(wanted) {
        if (wanted !== "home" && wanted !== "away") throw new RangeError("mode: must be one of home, away");
        mode = wanted;
      },
      setOwnModes: () => {},
      setPeople: () => {},
      setPresence: (person) => person === "anna",
      setSpans: () => {},
    },
    scenes: {
      list: () => scenes,
      add(wish) {
        scenes.push(view("scene-1", wish.title));
        return view("scene-1", wish.title);
      },
      change: (id, wish) => (id === "scene-1" ? view(id, wish.title) : undefined),
      remove: (id) => id === "scene-1",
      asItIsNow: () => [],
      activate: async (id, by) => (id === "scene-1" ? { at: 1, by, results: [] } : undefined),
      attempt: async (_, by) => ({ at: 1, by, results: [] }),
    },
    notices: {
      list: () => ({ notices: [], unread: 0, total: 0 }),
      read: () => {},
      answer: async (_, answer) =>
        answer === "Start" ? { ok: true } : { ok: false, reason: "It can be answered with Start." },
      asked: (token) => (token === "good" ? { title: "Dry <it>?", text: "now", answers: ["Start", "No"] } : undefined),
      answerByLink: async (_, n) => (n === 0 ? { ok: true } : { ok: false, reason: "This question is over." }),
      channels: () => [],
      setChannel(id, { kind, title, on, from }) {
        if (title === "odd") throw new RangeError("url: must begin with https://");
        return { id, kind, title, on, from, where: "there", answers: false, hasSecret: false, waiting: 0, lost: 0 };
      },
      removeChannel: (id) => id === "phone",
      test: async (id) => (id === "phone" ? { ok: true } : undefined),
      pushKey: () => "key",
    },
  };
}
