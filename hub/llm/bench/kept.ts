import type { BenchResult } from "../../ports.ts";
import type { ModelSettings } from "../added.ts";

interface Kept {
  readonly sha256: string;
  readonly result: BenchResult;
}

/** Results of measuring, kept beside the models: the last one of each, of at most 40 models. */
export interface Benches {
  /** Results by model, as they are kept now; undefined where the model was not measured, or another file was. */
  read(): (id: string, sha256: string) => BenchResult | undefined;
  keep(id: string, sha256: string, result: BenchResult): void;
  drop(id: string): void;
}

const ID = "benches";
const MOST = 40;

export function keptBenches(store: ModelSettings): Benches {
  const all = (): [string, Kept][] => Object.entries(store.get<Record<string, Kept>>(ID) ?? {});
  const put = (entries: [string, Kept][]): void => store.put(ID, Object.fromEntries(entries.slice(-MOST)));
  return {
    read() {
      const kept = new Map(all());
      return (id, sha256) => (kept.get(id)?.sha256 === sha256 ? kept.get(id)?.result : undefined);
    },
    keep: (id, sha256, result) => put([...all().filter(([key]) => key !== id), [id, { sha256, result }]]),
    drop: (id) => put(all().filter(([key]) => key !== id)),
  };
}
