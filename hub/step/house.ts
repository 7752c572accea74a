/** The house as people live in it: modes, who is home, special days and scenes. Each change is kept at once and told. */
import type { Origin } from "../model/command.ts";
import {
  type AtHome,
  commandOf,
  type HouseState,
  MAX_OWN_MODES,
  MAX_PEOPLE,
  MAX_SPANS,
  modesOf,
  type NewNotice,
  type Person,
  type PersonSettings,
  type PresenceSource,
  type Scene,
  type Span,
} from "../model/house.ts";
import { asked } from "./commands.ts";
import { noticesRead, raiseNotice } from "./notices.ts";
import type { CoreState, Effect } from "./state.ts";

/** What can happen to the house itself. Times are epoch ms. */
export type HouseInput =
  | {
      readonly kind: "modeSet";
      readonly mode: string;
      /** A person's name, or `rule:<id>`. */
      readonly by: string;
      readonly reason: string;
      readonly at: number;
    }
  /** `by` in words, e.g. "Anna said so". */
  | {
      readonly kind: "presenceSet";
      readonly person: string;
      readonly home: AtHome;
      readonly source: PresenceSource;
      readonly by: string;
      readonly at: number;
    }
  | { readonly kind: "ownModesSet"; readonly modes: readonly string[]; readonly by: string; readonly at: number }
  | { readonly kind: "peopleSet"; readonly people: readonly PersonSettings[]; readonly by: string; readonly at: number }
  | { readonly kind: "spansSet"; readonly spans: readonly Span[]; readonly by: string; readonly at: number }
  | { readonly kind: "scenesSet"; readonly scenes: readonly Scene[] }
  | { readonly kind: "sceneAsked"; readonly scene: string; readonly origin: Origin; readonly at: number }
  /** People are told of something that was decided outside of the rules. */
  | { readonly kind: "noticeRaised"; readonly notice: NewNotice; readonly at: number }
  | { readonly kind: "noticesRead"; readonly ids?: readonly string[] };

export function houseChanged(state: CoreState, input: HouseInput): Effect[] {
  switch (input.kind) {
    case "modeSet":
      return modeSet(state, input);
    case "presenceSet":
      return presenceSet(state, input);
    case "ownModesSet":
      return ownModesSet(state, input);
    case "peopleSet":
      return peopleSet(state, input);
    case "spansSet": {
      const spans = input.spans.filter((s) => s.to > s.from).slice(0, MAX_SPANS);
      const entry = {
        at: input.at,
        by: input.by,
        what: "spans-set",
        subject: "house",
        detail: `${spans.length} spans`,
      };
      return [...keep(state, { spans }), { kind: "audit", entry }];
    }
    case "scenesSet":
      state.scenes = input.scenes;
      return [told];
    case "sceneAsked":
      return activateScene(state, input.scene, input.origin, input.at);
    case "noticeRaised":
      return raiseNotice(state, input.notice, [], input.at);
    case "noticesRead":
      return noticesRead(state, input.ids);
  }
}

const told: Effect = { kind: "tell", event: { type: "house" } };

function keep(state: CoreState, change: Partial<HouseState>): Effect[] {
  state.house = { ...state.house, ...change };
  return [{ kind: "keepHouse", house: state.house }, told];
}

type Of<K extends HouseInput["kind"]> = Extract<HouseInput, { kind: K }>;

/** A mode that this house does not have changes nothing and is told in the audit log. */
function modeSet(state: CoreState, { mode, by, reason, at }: Of<"modeSet">): Effect[] {
  const { house } = state;
  if (house.mode === mode) return [];
  const isKnown = modesOf(house).includes(mode);
  const what = isKnown ? "mode-set" : "mode-refused";
  const detail = isKnown ? `${house.mode} to ${mode}: ${reason}` : `there is no mode ${mode.slice(0, 40)}: ${reason}`;
  const audit: Effect = { kind: "audit", entry: { at, by, what, subject: "house", detail } };
  return isKnown ? [...keep(state, { mode, modeSince: at, modeBy: by }), audit] : [audit];
}

/** A mode that is taken away while the house is in it leaves the house at home. */
function ownModesSet(state: CoreState, { modes, by, at }: Of<"ownModesSet">): Effect[] {
  const ownModes = [...new Set(modes)].slice(0, MAX_OWN_MODES);
  const detail = ownModes.join(", ") || "none";
  const audit: Effect = { kind: "audit", entry: { at, by, what: "modes-set", subject: "house", detail } };
  const effects = keep(state, { ownModes });
  const isLost = !modesOf(state.house).includes(state.house.mode);
  const back = isLost ? modeSet(state, { kind: "modeSet", mode: "home", by, reason: "its mode is no more", at }) : [];
  return [...effects, audit, ...back];
}

/** People as a person set them up; who is home stays as it was for those who stay. */
function peopleSet(state: CoreState, { people, by, at }: Of<"peopleSet">): Effect[] {
  const before = new Map(state.house.people.map((p) => [p.id, p]));
  const next = people.slice(0, MAX_PEOPLE).map((person): Person => {
    const was = before.get(person.id);
    if (!was) return { ...person, home: "unknown", since: at, by: "nothing was said yet", told: {} };
    const { home, since, told } = was;
    // Another device may say the same as the old one did: its first word must count.
    const isSame = same(was.device, person.device) && same(was.network, person.network);
    return { ...person, home, since, by: was.by, told: isSame ? told : {} };
  });
  const detail = next.map((p) => p.name).join(", ") || "nobody";
  const entry = { at, by, what: "people-set", subject: "house", detail };
  return [...keep(state, { people: next }), { kind: "audit", entry }];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Somebody says where a person is. A hand's word counts at once and holds until a device or the phone says something new.
 * With a device and a phone, home is where either is; away is when neither is there.
 */
function presenceSet(state: CoreState, input: Of<"presenceSet">): Effect[] {
  const { source, at } = input;
  const person = state.house.people.find((p) => p.id === input.person);
  if (!person) return [];
  if (source === "hand") return moved(state, person, input.home, input.by, at);
  if (input.home === "unknown" || person.told[source] === input.home) return [];
  const now = { ...person, told: { ...person.told, [source]: input.home } };
  const before = whereTold(person);
  const where = whereTold(now);
  if (where === before) return keep(state, { people: put(state, now) });
  return moved(state, now, where, input.by, at);
}

function whereTold({ told }: Person): AtHome {
  const all = [told.device, told.network].filter((t) => t !== undefined);
  return all.length === 0 ? "unknown" : all.includes(true);
}

const put = (state: CoreState, person: Person): Person[] =>
  state.house.people.map((p) => (p.id === person.id ? person : p));

function moved(state: CoreState, person: Person, home: AtHome, by: string, at: number): Effect[] {
  const isNew = person.home !== home;
  const people = put(state, { ...person, home, by, since: isNew ? at : person.since });
  const effects = keep(state, { people });
  if (!isNew) return effects;
  const where = home === "unknown" ? "unknown" : home ? "home" : "away";
  const entry = { at, by: "hub", what: "presence-set", subject: person.id, detail: `${person.name} ${where}: ${by}` };
  return [...effects, { kind: "audit", entry }];
}

/**
 * Asks for every action of a scene through the one door for commands: ranks, holds, checks and the audit log count for each by
 * itself, and each outcome is told as `outcome` with the id `scene~<scene>~<number>~<action's index>`. A scene that is not
 * there asks for nothing and is told in the audit log.
 */
export function activateScene(state: CoreState, id: string, origin: Origin, at: number): Effect[] {
  const scene = state.scenes.find((s) => s.id === id);
  const what = scene ? "scene-activated" : "scene-refused";
  const detail = scene ? `${scene.title}: ${origin.reason}` : `there is no scene ${id.slice(0, 80)}`;
  const by = origin.rank === "person" ? origin.by : `${origin.rank}:${origin.by}`;
  const audit: Effect = { kind: "audit", entry: { at, by, what, subject: `scene:${id.slice(0, 80)}`, detail } };
  if (!scene) return [audit];
  state.sceneRuns += 1;
  const run = `scene~${id}~${state.sceneRuns}`;
  const began: Effect = { kind: "tell", event: { type: "scene", scene: id, run, by, actions: scene.actions.length } };
  const asks = scene.actions.flatMap((a, i) =>
    asked(state, `${run}~${i}`, commandOf(a), { ...origin, reason: `scene ${scene.title}: ${origin.reason}` }, at),
  );
  return [audit, began, ...asks];
}
