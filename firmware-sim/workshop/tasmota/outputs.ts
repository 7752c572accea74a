/** What `Power` is asked to do: words and numbers of the documentation; empty asks for the state. */
export function powered(payload: string, now: boolean): boolean | "ask" | undefined {
  const word = payload.toUpperCase();
  if (word === "") return "ask";
  if (word === "ON" || word === "1" || word === "TRUE") return true;
  if (word === "OFF" || word === "0" || word === "FALSE") return false;
  return word === "TOGGLE" || word === "2" ? !now : undefined;
}

export const word = (on: boolean): string => (on ? "ON" : "OFF");
