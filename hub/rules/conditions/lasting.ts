import { type Picture, type Truth, truth } from "../picture.ts";

/** Holds once it has been so for some minutes without a break; an unknown breaks it. */
export function lasting(found: Truth, forMinutes: number, key: string, picture: Picture): Truth {
  if (found.holds !== true) {
    picture.memory.delete(key);
    return found;
  }
  const since = Math.min(picture.memory.get(key) ?? picture.now, picture.now);
  picture.memory.set(key, since);
  const minutes = Math.floor((picture.now - since) / 60_000);
  return truth(minutes >= forMinutes, `${found.reason} for ${minutes} of ${forMinutes} min`);
}
