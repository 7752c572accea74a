import type { Job } from "../../hub/http/schemas.ts";
import { number } from "../words/format.ts";

interface Props {
  readonly jobs: readonly Job[];
  readonly onCancel: (id: string) => void;
}

/** Long work in progress. It never stands in the way: everything beside it stays usable. */
export function JobList({ jobs, onCancel }: Props) {
  const shown = jobs.filter((j) => j.state === "running" || j.state === "failed");
  if (shown.length === 0) return null;
  return (
    <ul class="jobs" aria-label="Work in progress">
      {shown.map((job) => (
        <li key={job.id} class={`job job-${job.state}`}>
          <div class="job-words">
            <span>
              <strong>{job.title}</strong>{" "}
              <span class="unbroken">{job.state === "failed" ? "failed" : `${number(job.done * 100, 0)} %`}</span>{" "}
              <span class="quiet small-text">{job.detail}</span>
            </span>
            {job.cancellable && job.state === "running" ? (
              <button type="button" class="plain" aria-label={`Stop: ${job.title}`} onClick={() => onCancel(job.id)}>
                Stop
              </button>
            ) : null}
          </div>
          {job.state === "running" ? <progress max={1} value={job.done} aria-label={job.title} /> : null}
        </li>
      ))}
    </ul>
  );
}
