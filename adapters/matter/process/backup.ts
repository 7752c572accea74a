import { cp, readdir, rename, rm } from "node:fs/promises";

/**
 * Copies the store beside itself (`<storage>-backup`) before the fabric changes: the fabric's key is what a lost store
 * costs most, every device would have to be paired anew. The copy replaces the last one only when it is whole.
 */
export async function backUp(storage: string): Promise<void> {
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
