import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** matter.js keeps one JSON text a file in here; `certificates` beside it holds only what can be fetched again. */
const NODE = "hub";
/** Without these no device of the home can be reached: the home's own key, and who is in it. */
const ESSENTIAL = /^(certificates|fabrics)\.|^root\.operationalCredentials\./;
/** Files of a running process: half written ones, locks, its number. A killed one leaves them, and they are no JSON. */
const NOT_KEPT = /\.(tmp|lock|pid)$/;
/** Damage in more files than this is told by number alone. */
const TOLD = 5;

export interface Repaired {
  /** The files that were damaged or gone, at most five by name. */
  readonly files: readonly string[];
  readonly count: number;
  /** Epoch ms of the copy that they came from. */
  readonly copyFrom: number;
}

/** A folder of matter.js's, its copy, and where what is damaged goes. */
interface Kept {
  readonly store: string;
  readonly copy: string;
  readonly apart: string;
  /** Files that nobody takes away on purpose: a lost one comes back. */
  readonly essential: RegExp;
}

/**
 * Puts the last good copy's files in the place of damaged and lost ones, before the store is opened. What is damaged is
 * kept in `<storage>-damaged`. Undefined when nothing was wrong, or when there is no copy to take anything from.
 */
export const repairStore = (storage: string): Promise<Repaired | undefined> =>
  repairFolder({
    store: join(storage, NODE),
    copy: join(`${storage}-backup`, NODE),
    apart: `${storage}-damaged`,
    essential: ESSENTIAL,
  });

/** As {@link repairStore}, for any folder of matter.js's. */
export async function repairFolder({ store, copy, apart, essential }: Kept): Promise<Repaired | undefined> {
  const [held, kept] = await Promise.all([namesIn(store), namesIn(copy)]);
  const goodCopies = new Set<string>();
  for (const name of kept) if (await isWhole(join(copy, name))) goodCopies.add(name);
  if (goodCopies.size === 0) return undefined;
  const damaged: string[] = [];
  for (const name of held) if (!(await isWhole(join(store, name)))) damaged.push(name);
  // A store that lost everything gets everything; one that lost some gets only what nobody takes away on purpose.
  const lost = [...goodCopies].filter((name) => !held.includes(name) && (held.length === 0 || essential.test(name)));
  if (damaged.length + lost.length === 0) return undefined;
  await rm(apart, { recursive: true, force: true });
  await mkdir(apart, { recursive: true });
  await mkdir(store, { recursive: true });
  for (const name of damaged) await rename(join(store, name), join(apart, name));
  for (const name of [...damaged, ...lost])
    if (goodCopies.has(name)) await copyFile(join(copy, name), join(store, name));
  const files = [...damaged, ...lost];
  return { files: files.slice(0, TOLD), count: files.length, copyFrom: (await stat(copy)).mtimeMs };
}

const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => !NOT_KEPT.test(name));

async function isWhole(path: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(path, "utf8"));
    return true;
  } catch {
    return false;
  }
}
