/** Programs of our own dialects whose discovery only repeats their topics: topic and field say what a value is. */
import type { MakerType } from "../../codec.ts";
import { textOf } from "../../json.ts";
import { meanings } from "../../meanings.ts";
import { emsWord } from "../ems-esp/words.ts";
import { solaredgeWord } from "../solaredge2mqtt/words.ts";
import type { Entity } from "./config.ts";
import { isEms } from "./native-addresses.ts";
import type { Part, Slot } from "./reader.ts";
import type { Place, Speech } from "./speech.ts";

interface Word {
  readonly word?: string;
  readonly endpoint: number;
  readonly unit?: string;
  readonly scale?: number;
}

type Lookup = (topic: string, field: string) => Word | undefined;

const ems: Lookup = (topic, field) => {
  const device = /\/([a-z]+)_data$/.exec(topic)?.[1];
  return device === undefined ? undefined : emsWord(device, field);
};

const SOLAREDGE = /\/modbus\/(inverter|meter|battery)(?:\/[^/]+)?$/;

const solaredge: Lookup = (topic, field) => {
  const component = SOLAREDGE.exec(topic)?.[1];
  return component === undefined ? undefined : solaredgeWord(component, field);
};

const stateTopic = (entity: Entity): string => textOf(entity.config, "state_topic") ?? "";

class Native implements Speech {
  readonly #lookup: Lookup;

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  endpointOf(): undefined {
    return undefined;
  }

  raw(): undefined {
    return undefined;
  }

  switches(): boolean {
    return false;
  }

  fanMode(): undefined {
    return undefined;
  }

  place(_entity: Entity, slot: Slot, part: Part): Place | undefined {
    const path = slot.template ? slot.template.paths[0] : slot.path;
    if (!path || path.length === 0) return undefined;
    const found = this.#lookup(slot.topic, path.join("."));
    if (!found) return { endpoint: 1, word: undefined };
    const { unit, scale, endpoint } = found;
    const number: MakerType | undefined =
      part.maker.kind === "number"
        ? { ...part.maker, ...(unit === undefined ? {} : { unit }), ...(scale === undefined ? {} : { scale }) }
        : undefined;
    // A mode in the program's own words needs its own dialect; in Home Assistant's words it is a thermostat's.
    const mode = found.word === "ems_mode" && part.role === "mode" ? "system_mode" : found.word;
    const known = mode !== undefined && Object.hasOwn(meanings, mode);
    return { endpoint, word: known ? mode : undefined, maker: number };
  }
}

/** The way of a program that is known by its topics; undefined for all others. */
export function nativeSpeech(entities: readonly Entity[]): Speech | undefined {
  if (entities.some(isEms)) return new Native(ems);
  if (entities.some((e) => SOLAREDGE.test(stateTopic(e)))) return new Native(solaredge);
  return undefined;
}
