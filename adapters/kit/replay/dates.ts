/** Moves dates within payloads: a recording of last year that is played now must not speak of last year. */

/** Dates further from the recording's time are facts of the device (its build, its first start) and stay. */
const NEAR_MS = 2 * 86_400_000;
const ISO = /(?<!\d)\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?/g;
const EPOCH = /(?<![\d.\w-])(\d{10}|\d{13})(\.\d{1,6})?(?![\d.\w])/g;
const HOUR_MS = 3_600_000;

/** The offset of a zone in ms; none counts as UTC, which is right for moving. */
function offsetOf(zone: string | undefined): number {
  const found = /([+-])(\d{2}):?(\d{2})/.exec(zone ?? "");
  return found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * HOUR_MS + Number(found[3]) * 60_000) : 0;
}

/** `near`: epoch ms of the recording; `by`: ms to add. Spelling, zone and precision stay. */
export function moveDates(payload: string, near: number, by: number): string {
  const isNear = (at: number): boolean => Math.abs(at - near) <= NEAR_MS;
  return payload
    .replace(ISO, (text, fraction: string | undefined, zone: string | undefined) => {
      const offset = offsetOf(zone);
      const shown = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`);
      // Without a zone it is the local time of wherever the device stood, at most 14 h beside UTC.
      if (Number.isNaN(shown) || !isNear(shown - offset)) return text;
      const now = new Date(shown + by).toISOString();
      const digits =
        fraction === undefined
          ? ""
          : `.${now
              .slice(20, 23)
              .padEnd(9, "0")
              .slice(0, fraction.length - 1)}`;
      return `${now.slice(0, 10)}${text[10]}${now.slice(11, 19)}${digits}${zone ?? ""}`;
    })
    .replace(EPOCH, (text, digits: string, fraction: string | undefined) => {
      const unit = digits.length === 13 ? 1 : 1000;
      const at = Number(digits) * unit;
      return isNear(at) ? `${Math.round((at + by) / unit)}${fraction ?? ""}` : text;
    });
}
