/** The house as people live in it, and what they are told, as the http room sees it. Implemented by shells; nothing here does anything. */
import type { Outcome } from "../model/command.ts";
import type { AtHome, HouseState, Notice, NoticeLevel, Person, Scene, SceneAction, Span } from "../model/house.ts";
import type { HouseNumber } from "../model/house-number.ts";
import type { HouseSwitch } from "../model/house-switch.ts";
import type { EndpointPath, NodeId } from "../model/path.ts";

export interface PersonView extends Omit<Person, "told"> {
  /** What the network says of the person's phone, in words. */
  readonly seen?: string;
}

export interface HouseView extends Omit<HouseState, "people"> {
  /** All modes of this house, its own names last. */
  readonly modes: readonly string[];
  readonly anyoneHome: AtHome;
  readonly people: readonly PersonView[];
}

/** A person as typed into a form; without an id it is a new one. */
export type PersonWish = Pick<Person, "name" | "device" | "network"> & { readonly id?: string | undefined };

/** All that change throw RangeError naming the field. */
export interface HouseDesk {
  now(): HouseView;
  setMode(mode: string, by: string): void;
  setOwnModes(modes: readonly string[], by: string): void;
  setPeople(people: readonly PersonWish[], by: string): void;
  /** By hand. False: there is no such person. */
  setPresence(person: string, home: AtHome, by: string): boolean;
  setSpans(spans: readonly Span[], by: string): void;
}

export interface ActionView extends SceneAction {
  /** E.g. "Kitchen light: set level 40 %". */
  readonly words: string;
  /** The device is not there now. */
  readonly gone: boolean;
}

/** What came of one activation; an action without an outcome is still on its way. */
export interface SceneRun {
  readonly at: number;
  readonly by: string;
  readonly results: readonly { readonly words: string; readonly outcome?: Outcome }[];
}

export interface SceneView extends Omit<Scene, "actions"> {
  readonly actions: readonly ActionView[];
  /** Since the start of the hub. */
  readonly lastRun?: SceneRun;
}

export type SceneWish = Omit<Scene, "id">;

/** All that change throw RangeError naming the field. */
export interface Scenes {
  list(): readonly SceneView[];
  add(wish: SceneWish, by: string): SceneView;
  change(id: string, wish: SceneWish, by: string): SceneView | undefined;
  remove(id: string, by: string): boolean;
  /** What would bring these endpoints to how they are now; what is unknown now, and locks, are left out. */
  asItIsNow(endpoints: readonly EndpointPath[]): readonly ActionView[];
  /** Resolves when each action has its outcome; undefined: there is no such scene. */
  activate(id: string, by: string): Promise<SceneRun | undefined>;
  /** Asks for what was not saved. */
  attempt(actions: readonly SceneAction[], by: string): Promise<SceneRun>;
}

/** Of a switch or number that the house keeps. */
export interface KeptView {
  /** What would miss it. */
  readonly usedBy: readonly { readonly kind: "rule" | "scene"; readonly id: string; readonly title: string }[];
}

export interface SwitchView extends HouseSwitch, KeptView {}
export interface NumberView extends HouseNumber, KeptView {}

/** A number as typed into a form. */
export type NumberWish = Omit<HouseNumber, "id" | "value">;

/** Numbers of the house that no device is behind. They are nodes like all others; one is removed as a node is. */
export interface HouseNumbers {
  list(): readonly NumberView[];
  /** It stands at zero, or at the end of its range nearest to that. Written before it returns. Throws RangeError naming the field. */
  add(wish: NumberWish, by: string): NumberView;
  /** As {@link add}, but it stands as it stood, which the new range must hold; undefined: there is none. */
  change(id: NodeId, wish: NumberWish, by: string): NumberView | undefined;
  /** The id of the number of this name, or the one that it would get. */
  idFor(name: string): NodeId;
}

/** Switches of the house that no device is behind. They are nodes like all others; one is removed as a node is. */
export interface HouseSwitches {
  list(): readonly SwitchView[];
  /** Written before it returns. Throws RangeError naming the field. */
  add(name: string, by: string): SwitchView;
  /** As {@link add}; undefined: there is none. */
  rename(id: NodeId, name: string, by: string): SwitchView | undefined;
  /** The id of the switch of this name, or the one that it would get. */
  idFor(name: string): NodeId;
  /** Lets go of one whose node leaves the home, a number as well. */
  drop(id: NodeId): void;
}

/**
 * A way out for notices. What is secret in it never leaves the hub. `hub`: the hub's own address (origin) as it is reached from there, for
 * links by which a question can be answered; without it questions are only told.
 */
export type ChannelSettings = {
  readonly id: string;
  readonly title: string;
  readonly on: boolean;
  /** The least urgent level that goes out. */
  readonly from: NoticeLevel;
} & (
  | {
      readonly kind: "ntfy";
      readonly server: string;
      readonly topic: string;
      readonly token?: string | undefined;
      readonly hub?: string | undefined;
    }
  | {
      readonly kind: "webhook";
      readonly url: string;
      readonly authorization?: string | undefined;
      readonly hub?: string | undefined;
    }
  /** `answers`: questions can be answered on a topic below it. */
  | { readonly kind: "mqtt"; readonly topic: string; readonly answers?: boolean | undefined }
  /** A browser's subscription (W3C Push API). Base64url. */
  | { readonly kind: "webPush"; readonly endpoint: string; readonly p256dh: string; readonly auth: string }
);

/** As typed into a form: what is secret may be left out to keep what there was. */
export type ChannelWish = {
  readonly title: string;
  readonly on: boolean;
  readonly from: NoticeLevel;
} & (
  | {
      readonly kind: "ntfy";
      readonly server: string;
      readonly topic: string;
      readonly token?: string | undefined;
      readonly hub?: string | undefined;
    }
  | {
      readonly kind: "webhook";
      readonly url?: string | undefined;
      readonly authorization?: string | undefined;
      readonly hub?: string | undefined;
    }
  | { readonly kind: "mqtt"; readonly topic: string; readonly answers?: boolean | undefined }
  | {
      readonly kind: "webPush";
      readonly endpoint?: string | undefined;
      readonly p256dh?: string | undefined;
      readonly auth?: string | undefined;
    }
);

/** A way out without its secrets. */
export interface ChannelView {
  readonly id: string;
  readonly kind: ChannelSettings["kind"];
  readonly title: string;
  readonly on: boolean;
  readonly from: NoticeLevel;
  /** Where it goes: of a webhook or a browser the host alone, because the rest of such an address is a secret. */
  readonly where: string;
  readonly server?: string;
  readonly topic?: string;
  /** The hub's address in links by which questions are answered. */
  readonly hub?: string;
  /** Questions can be answered by it. */
  readonly answers: boolean;
  readonly hasSecret: boolean;
  readonly sentAt?: number;
  /** Why the last message did not go out. */
  readonly problem?: string;
  readonly waiting: number;
  /** Messages since the start that were given up. */
  readonly lost: number;
}

export type Sent = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** A question as a link shows it. */
export interface LinkedQuestion {
  readonly title: string;
  readonly text: string;
  readonly answers: readonly string[];
  /** What became of it; absent while it is open. */
  readonly over?: string;
}

export interface Notices {
  /** The newest first. */
  list(limit: number): { readonly notices: readonly Notice[]; readonly unread: number; readonly total: number };
  /** Answers an open question, by a person's name. The first answer counts; why not, where it does not. */
  answer(notice: string, answer: string, by: string): Promise<Sent>;
  /** The question of a link; undefined for a token that this hub did not make, or whose way is no more. */
  asked(token: string): LinkedQuestion | undefined;
  /** As {@link answer}, by the number of the answer, from 0. */
  answerByLink(token: string, index: number): Promise<Sent>;
  /** These, or all. */
  read(ids: readonly string[] | undefined): void;
  channels(): readonly ChannelView[];
  /** Throws RangeError naming the field. */
  setChannel(id: string, wish: ChannelWish, by: string): ChannelView;
  removeChannel(id: string, by: string): boolean;
  /** Sends a test message now, once; undefined: there is no such way out. */
  test(id: string): Promise<Sent | undefined>;
  /** The hub's public key, which a browser needs to subscribe (RFC 8292): base64url of 65 bytes. */
  pushKey(): string;
}
