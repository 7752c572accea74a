import { join } from "node:path";
import type { FoundSeries, ImportBatch, ImportCount, ImportSource, ImportStore, TableLook } from "../ports.ts";
import type { Connection } from "./connect.ts";
import type { ImportPiece, ImportQuestion, PieceCount } from "./import.ts";
import { BLOCK } from "./rollups.ts";

/** Some two months at a time: a write lock is held for a few milliseconds. */
const PIECE_MS = 240 * BLOCK;
/** States are many; to stop between pieces must not take long on a slow card. */
const STATES_PIECE_MS = 8 * BLOCK;
const MAX_BATCHES = 200;

export interface ImportParts {
  readonly db: Connection;
  /** The folder that files are put into. */
  readonly folder: string;
  ask(question: ImportQuestion): Promise<unknown>;
  /** The number of a series, which is begun where there is none. */
  seriesOf(
    key: string,
    count: Required<Pick<PieceCount, "first" | "last" | "value">>,
    source: string,
  ): number | undefined;
  fineMs(): number;
  now(): number;
}

/** What is brought in from elsewhere: hourly rollups of a past that the house did not see itself. */
export function importsOf(parts: ImportParts): ImportStore {
  const { db, folder, ask } = parts;
  const pathOf = ({ file }: ImportSource) => join(folder, file);
  const piece = async (
    source: ImportSource,
    found: FoundSeries,
    rest: Pick<ImportPiece, "target" | "from" | "to" | "batch">,
  ) => {
    const asked = { source, path: pathOf(source), found, now: parts.now(), fineMs: parts.fineMs(), ...rest };
    return (await ask({ piece: asked })) as PieceCount;
  };
  const batches = (): ImportBatch[] =>
    db
      .prepare<[], string>("SELECT json FROM import_batch ORDER BY at DESC")
      .pluck()
      .all()
      .map((json) => JSON.parse(json) as ImportBatch);
  return {
    async look(file) {
      return (await ask({ look: join(folder, file) })) as TableLook;
    },
    async preview(source) {
      return (await ask({ find: { source, path: pathOf(source) } })) as FoundSeries[];
    },
    async *run(source, found, target, batch) {
      let count: ImportCount = { write: 0, fine: 0, own: 0, recent: 0, refused: [] };
      for (let from = Math.floor(found.from / BLOCK) * BLOCK, to = from; from < found.to; from = to) {
        to = pieceEnd(found, from);
        const look = await piece(source, found, { target, from, to });
        const { first, last, value } = look;
        let done = look;
        if (batch !== undefined && first !== undefined && last !== undefined && value !== undefined) {
          const series = parts.seriesOf(target.key, { first, last, value }, `import ${batch}`);
          if (series === undefined)
            throw new RangeError(`mapping: there is no room for another attribute (${target.key})`);
          done = await piece(source, found, { target, from, to, batch: { id: batch, series } });
          addHours(db, batch, done.write);
        }
        count = sumOf(count, done);
        yield { at: Math.min(to, found.to), count };
      }
    },
    begin(batch) {
      if (batches().length >= MAX_BATCHES)
        throw new RangeError(`file: at most ${MAX_BATCHES} imports are kept apart; take one out first`);
      const json = JSON.stringify({ ...batch, hours: 0 });
      db.prepare("INSERT INTO import_batch (id, at, json) VALUES (?, ?, ?)").run(batch.id, batch.at, json);
    },
    batches,
    async remove(id) {
      if (!batches().some((batch) => batch.id === id)) return false;
      while (await ask({ remove: id }));
      return true;
    },
  };
}

function pieceEnd({ parts = [] }: FoundSeries, from: number): number {
  const states = parts.find(({ of }) => of === "states");
  if (!states || from >= states.to || from + PIECE_MS <= states.from) return from + PIECE_MS;
  const begin = Math.floor(states.from / BLOCK) * BLOCK;
  return from < begin ? begin : from + STATES_PIECE_MS;
}

function addHours(db: Connection, batch: string, hours: number): void {
  db.prepare<[number, string]>(
    "UPDATE import_batch SET json = json_set(json, '$.hours', json_extract(json, '$.hours') + ?) WHERE id = ?",
  ).run(hours, batch);
}

function sumOf(before: ImportCount, piece: PieceCount): ImportCount {
  const refused = new Map(before.refused.map(({ reason, rows }) => [reason, rows]));
  for (const [reason, rows] of Object.entries(piece.refused)) refused.set(reason, (refused.get(reason) ?? 0) + rows);
  return {
    write: before.write + piece.write,
    fine: before.fine + piece.fine,
    own: before.own + piece.own,
    recent: before.recent + piece.recent,
    refused: [...refused].map(([reason, rows]) => ({ reason, rows })),
  };
}
