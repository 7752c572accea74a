import { cp, readdir, rename, rm } from "node:fs/promises";

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
  const held = await readdir(storage).catch(() => []);
  if (held.length === 0) return;
  const fresh = `${storage}-backup.new`;
  const backup = `${storage}-backup`;
  await rm(fresh, { recursive: true, force: true });
  // A file that is being replaced meanwhile is under its final name again at once; its .tmp is none of ours.
  await cp(storage, fresh, { recursive: true, filter: (path) => !path.endsWith(".tmp") && !path.endsWith(".lock") });
  await rm(backup, { recursive: true, force: true });
  await rename(fresh, backup);
}
