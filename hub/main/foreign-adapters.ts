import { findAdapter } from "../../adapters/kit/find.ts";
import { createForeignAdapter, type ForeignAdapter } from "../../adapters/kit/foreign/adapter.ts";
import type { BrokerSettings, Clock, Log } from "../ports.ts";
import { entryPath } from "./entries.ts";

export interface ForeignParts {
  /** Paths and package names, as given. */
  readonly given: readonly string[];
  readonly own: BrokerSettings | undefined;
  readonly others: readonly BrokerSettings[];
  readonly log: Log;
  readonly clock: Clock;
}

/** Makers' adapters, each in a process of its own. Throws AdapterFault for one that is not there or not fit. */
export function foreignAdapters({ given, own, others, log, clock }: ForeignParts): readonly ForeignAdapter[] {
  const places = new Map(given.map((name) => findAdapter(name, process.cwd())).map((place) => [place.dialect, place]));
  return [...places.values()].map((place) =>
    createForeignAdapter({ place, entry: entryPath("adapter-process"), own, others, log, clock }),
  );
}
