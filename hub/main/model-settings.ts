import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The choice of a model lies beside the models, so that the command line can make it while the hub runs. */
export function createModelSettings(folder: string) {
  const file = join(folder, "settings.json");
  const read = (): Record<string, unknown> => {
    try {
      const value: unknown = JSON.parse(readFileSync(file, "utf8"));
      return typeof value === "object" && value !== null ? { ...value } : {};
    } catch {
      return {};
    }
  };
  return {
    get<T>(id: string): T | undefined {
      const all = read();
      return Object.hasOwn(all, id) ? (all[id] as T) : undefined;
    },
    put(id: string, value: unknown): void {
      mkdirSync(folder, { recursive: true });
      // The key of the home's model server lies here too.
      writeFileSync(`${file}.new`, JSON.stringify({ ...read(), [id]: value }), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
