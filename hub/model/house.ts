/** The house as people live in it: its mode, who is home, scenes, days that are special, and what people are told. */
import type { Value } from "./capability.ts";
import type { Command } from "./command.ts";
import type { NodeId } from "./path.ts";

/** The modes that every house has; a person may add names of their own. */
export const houseModes = ["home", "away", "night", "holiday"] as const;

export const MAX_OWN_MODES = 12;
export const MAX_PEOPLE = 20;
export const MAX_SPANS = 500;
export const MAX_SCENES = 200;
export const MAX_ACTIONS = 100;
export const MAX_HOSTS = 3;

/** Unknown is neither home nor away: a rule that meets it says so and does not fire. */
export type AtHome = boolean | "unknown";

/** Who says where a person is: a person by hand, a device, or the person's phone on the home's network. */
export const presenceSources = ["hand", "device", "network"] as const;
export type PresenceSource = (typeof presenceSources)[number];

/** A device that tells where a person is: by one of its values, or, without a key, by being reachable. */
export interface PresenceDevice {
  readonly node: NodeId;
  /** Text path of an attribute of that node. */
  readonly key?: string | undefined;
  /** The value that means home. */
  readonly homeIs?: Value | undefined;
  /** Away only after it has said so for so many minutes. */
  readonly awayAfterMin: number;
}

/** A phone on the home's network. A phone that sleeps is not gone: away only after so many minutes unseen. */
export interface PresenceNetwork {
  /** Names or addresses of this network; seen is one of them. */
  readonly hosts: readonly string[];
  readonly awayAfterMin: number;
}

/** A person as set up in the dashboard. */
export interface PersonSettings {
  readonly id: string;
  readonly name: string;
  readonly device?: PresenceDevice | undefined;
  /** Absent: this person's phone is not looked for. */
  readonly network?: PresenceNetwork | undefined;
}

export interface Person extends PersonSettings {
  readonly home: AtHome;
  /** Epoch ms of the last change of `home`. */
  readonly since: number;
  /** Why, in words. */
  readonly by: string;
  /** What each source said last: only what is new moves anything, so that a person's own word holds until then. */
  readonly told: { readonly device?: boolean; readonly network?: boolean };
}

/** A stretch of days: `entry` is "holiday", "absence" or a name that rules know. Epoch ms, `to` exclusive. */
export interface Span {
  readonly entry: string;
  readonly from: number;
  readonly to: number;
  readonly title: string;
}

export interface HouseState {
  /** One of {@link houseModes} or of `ownModes`. */
  readonly mode: string;
  /** Epoch ms. */
  readonly modeSince: number;
  /** A person's name, or a rule. */
  readonly modeBy: string;
  /** At most {@link MAX_OWN_MODES}. */
  readonly ownModes: readonly string[];
  /** At most {@link MAX_PEOPLE}. */
  readonly people: readonly Person[];
  /** At most {@link MAX_SPANS}. */
  readonly spans: readonly Span[];
}

export const newHouse: HouseState = {
  ...{ mode: "home", modeSince: 0, modeBy: "nobody yet", ownModes: [], people: [], spans: [] },
};

/** All modes that this house can be in. */
export const modesOf = (house: HouseState): readonly string[] => [...houseModes, ...house.ownModes];

/** Somebody is home if anyone is; nobody only if all are known to be away. */
export function anyoneHome({ people }: Pick<HouseState, "people">): AtHome {
  if (people.some((p) => p.home === true)) return true;
  return people.length > 0 && people.every((p) => p.home === false) ? false : "unknown";
}

/** One thing that a scene asks for. */
export interface SceneAction {
  readonly node: NodeId;
  readonly endpoint: number;
  readonly capability: string;
  readonly command: string;
  readonly args: Readonly<Record<string, Value>>;
}

export interface Scene {
  readonly id: string;
  readonly title: string;
  readonly rooms?: readonly string[] | undefined;
  /** In this order; at most {@link MAX_ACTIONS}. */
  readonly actions: readonly SceneAction[];
}

export const commandOf = ({ node, endpoint, capability, command, args }: SceneAction): Command => ({
  ...{ target: { node, endpoint }, capability, command, args },
});

/** How urgent, the least first. */
export const noticeLevels = ["info", "warn", "alarm"] as const;
export type NoticeLevel = (typeof noticeLevels)[number];

/** What people are asked in a notice. */
export interface Question {
  readonly answers: readonly string[];
  /** Epoch ms; later answers do not count. */
  readonly until: number;
  /** Absent while it is open. */
  readonly over?: {
    readonly at: number;
    /** What became of it, e.g. "Anna answered Start". */
    readonly words: string;
    /** The one of the answers that was given. */
    readonly answer?: string;
  };
}

/** Something that people are told. */
export interface Notice {
  readonly id: string;
  readonly at: number;
  readonly title: string;
  readonly text: string;
  readonly level: NoticeLevel;
  /** The rule that told it. */
  readonly rule?: string;
  readonly nodes: readonly NodeId[];
  readonly read: boolean;
  readonly question?: Question;
}

export const isOpen = ({ question }: Notice): boolean => question !== undefined && question.over === undefined;

/** What a notice is made of. */
export type NewNotice = Pick<Notice, "title" | "text" | "level" | "question"> & { readonly rule?: string };
