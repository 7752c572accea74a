import { useState } from "preact/hooks";
import { Choice, Field } from "../../parts/field.tsx";
import { Import } from "./your-history-import.tsx";

const RESOLUTIONS = [
  { value: "hour", label: "hour by hour" },
  { value: "day", label: "day by day" },
  { value: "5m", label: "every five minutes" },
  { value: "raw", label: "every single reading" },
] as const;

/** The house's history is its people's: out of the house as a file, and into it from what was there before. */
export function YourHistory() {
  return (
    <>
      <Export />
      <Import />
    </>
  );
}

/** Midnight of a day as it is here, ISO 8601; empty: no limit. The last day is whole. */
function edge(day: string, later: number): string {
  if (day === "") return "";
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

/** The browser takes the stream to disk itself: it may be larger than what a page can hold. */
function download(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}

function Export() {
  const [resolution, setResolution] = useState("hour");
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const turned = first !== "" && last !== "" && last < first;
  const href = (format: "csv" | "sqlite" | "parquet"): string => {
    const query = new URLSearchParams({ format, resolution });
    if (first) query.set("from", edge(first, 0));
    if (last) query.set("to", edge(last, 1));
    return `/api/export?${query}`;
  };
  return (
    <section class="card stack" aria-label="Your history">
      <h2>Your history</h2>
      <p class="quiet">
        Everything the hub remembers of your devices, as a file that other programs read. It comes straight from this
        hub and goes nowhere else.
      </p>
      <div class="two">
        <Field
          label="From"
          type="date"
          value={first}
          hint="empty: from the beginning"
          onInput={(e: { currentTarget: HTMLInputElement }) => setFirst(e.currentTarget.value)}
        />
        <Field
          label="Until"
          type="date"
          value={last}
          hint="empty: until now"
          problem={turned ? "must not be before the first day" : undefined}
          onInput={(e: { currentTarget: HTMLInputElement }) => setLast(e.currentTarget.value)}
        />
      </div>
      <Choice label="How finely" value={resolution} options={RESOLUTIONS} onChange={setResolution} />
      {turned ? null : (
        <div class="row">
          <button type="button" onClick={() => download(href("csv"))}>
            Download as table (CSV)
          </button>
          <button type="button" onClick={() => download(href("sqlite"))}>
            Download as database (SQLite)
          </button>
          <button type="button" onClick={() => download(href("parquet"))}>
            Download as Parquet
          </button>
        </div>
      )}
    </section>
  );
}
