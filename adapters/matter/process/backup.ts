import { copyFile, link, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";

const AT_ONCE = 16;
const TICK_MS = 100;

let last: Promise<void> = Promise.resolve();

/**
 * Copies the store beside itself (`<storage>-backup`): before the fabric changes, after it has, and after each good start.
 * The fabric's key is what a lost store costs most, every device would have to be paired anew. The copy replaces the last
 * one only when it is whole. One copy at a time: two at once would be in each other's way in the fresh folder.
 */
export function backUp(storage: string): Promise<void> {
  last = last.catch(() => undefined).then(() => copy(storage));
  return last;
}

async function copy(storage: string): Promise<void> {
  const held = await readdir(storage, { recursive: true, withFileTypes: true }).catch(() => []);
  // A file that is being replaced meanwhile is under its final name again at once; its .tmp is none of ours.
  const files = held.filter((entry) => entry.isFile() && !/\.(tmp|lock|pid)$/.test(entry.name));
  if (files.length === 0) return;
  const fresh = `${storage}-backup.new`;
  const backup = `${storage}-backup`;
  const elder = `${storage}-backup.old`;
  await rm(fresh, { recursive: true, force: true });
  const inside = files.map(({ parentPath, name }) => join(parentPath, name).slice(storage.length + 1));
  for (const folder of new Set(inside.map(dirname))) await mkdir(join(fresh, folder), { recursive: true });
  for (let i = 0; i < inside.length; i += AT_ONCE)
    await Promise.all(
      inside.slice(i, i + AT_ONCE).map((path) => keep(join(storage, path), join(backup, path), join(fresh, path))),
    );
  await rm(elder, { recursive: true, force: true });
  await rename(backup, elder).catch(() => undefined);
  await rename(fresh, backup);
  await rm(elder, { recursive: true, force: true });
}

/** What has not changed since the last copy is that copy once more, by a second name: a store of many devices is thousands of small files. */
async function keep(from: string, last: string, to: string): Promise<void> {
  const [now, then] = await Promise.all([stat(from).catch(() => undefined), stat(last).catch(() => undefined)]);
  // Removed since it was listed.
  if (!now) return;
  const isSame = then?.size === now.size && then.mtime.getTime() === now.mtime.getTime();
  // Written just before it was copied, it may have been written once more in the same tick of the file system's clock.
  if (isSame && now.mtimeMs + TICK_MS < then.ctimeMs) {
    const linked = await link(last, to).then(
      () => true,
      () => false,
    );
    if (linked) return;
  }
  await copyFile(from, to);
  await utimes(to, now.atime, now.mtime);
}
