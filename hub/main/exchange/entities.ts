import type { IncomingEntity } from "../../ports.ts";
import { fits, guessOf, type Offer } from "../../rules/exchange/offers.ts";
import type { Meant, Translated } from "../../rules/translate/home-assistant/index.ts";
import { asKept, type KeptDesks, mayBecome } from "./kept.ts";

export interface Found {
  /** A value of an offer, or `value:` and what a person wrote. */
  readonly value: string;
  readonly meant: Meant;
  readonly guessed: boolean;
}

export type Finder = (entity: string) => Found | undefined;

/**
 * What a person said of an entity counts, also that it is nothing here; else it is guessed once. A switch or number of Home
 * Assistant that nothing here is like is to become one of the house.
 */
export function finder(
  offers: readonly Offer[],
  meant: Readonly<Record<string, string>>,
  guessing: boolean,
  desks: KeptDesks,
): Finder {
  const byValue = new Map(offers.map((offer) => [offer.value, offer]));
  const guesses = new Map<string, Offer | undefined>();
  const made = (entity: string, guessed: boolean): Found | undefined => {
    const as = mayBecome(entity);
    return as && { value: as, meant: asKept(entity, as, desks), guessed };
  };
  return (entity) => {
    if (Object.hasOwn(meant, entity) && meant[entity] === mayBecome(entity)) return made(entity, false);
    if (Object.hasOwn(meant, entity)) return saidOf(meant[entity] ?? "", byValue);
    if (!guessing) return undefined;
    if (!guesses.has(entity)) guesses.set(entity, guessOf(entity, offers));
    const offer = guesses.get(entity);
    return offer ? { value: offer.value, meant: offer.meant, guessed: true } : made(entity, true);
  };
}

function saidOf(value: string, offers: ReadonlyMap<string, Offer>): Found | undefined {
  const offer = offers.get(value);
  if (offer) return { value, meant: offer.meant, guessed: false };
  const [, written] = /^value:(.{1,40})$/.exec(value) ?? [];
  if (written === undefined) return undefined;
  const number = Number(written.replace(",", "."));
  const plain = written.trim() !== "" && Number.isFinite(number) ? number : written;
  return { value, meant: { kind: "value", value: plain }, guessed: false };
}

/** Entities of a file that are told; the first by line. */
const MAX_ENTITIES = 1000;

/** Settings of Home Assistant whose value a person writes. */
const asks: Readonly<Record<string, NonNullable<IncomingEntity["asks"]>>> = {
  ...{ input_number: "number", input_datetime: "time", timer: "minutes", number: "number" },
};

/** What the files speak of, each once, in the order of the files. */
export function entitiesOf(
  all: readonly Translated[],
  offers: readonly Offer[],
  find: Finder,
): readonly IncomingEntity[] {
  const seen = new Map<string, { line: number; rules: number }>();
  for (const { entity, line } of all.flatMap((one) => one.entities)) {
    const before = seen.get(entity);
    seen.set(entity, { line: before?.line ?? line, rules: (before?.rules ?? 0) + 1 });
  }
  return [...seen].slice(0, MAX_ENTITIES).map(([entity, told]) => {
    const found = find(entity);
    const becomes = mayBecome(entity);
    const domain = entity.split(/[./]/, 1)[0] ?? "";
    const asked = Object.hasOwn(asks, domain) ? asks[domain] : undefined;
    return {
      ...{ entity, ...told, meant: found?.value ?? "", guessed: found?.guessed ?? false },
      offers: [
        ...(becomes ? [becomes] : []),
        ...offers.filter((offer) => fits(entity, offer)).map((offer) => offer.value),
      ],
      ...(asked ? { asks: asked } : {}),
    };
  });
}
