/** What devices say, in one line of at most so many characters: it must not move the cursor of whoever reads it (C0, C1 and DEL). */
export function printable(text: string, most: number): string {
  const clean = text.replace(/\p{Cc}/gu, "·");
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}
