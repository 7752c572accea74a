const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** A part of the day, on some days of the week (1 = Monday) where they are given: "between 22:00 and 06:00 on Mon, Tue". */
export function bandInWords({
  from,
  to,
  weekdays,
}: {
  readonly from: string;
  readonly to: string;
  readonly weekdays?: readonly number[] | undefined;
}): string {
  const days = weekdays ? ` on ${weekdays.map((d) => names[d - 1] ?? String(d)).join(", ")}` : "";
  return `between ${from} and ${to}${days}`;
}
