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
            <strong>{job.title}</strong>
            <span>{job.state === "failed" ? "failed" : `${number(job.done * 100, 0)} %`}</span>
          </div>
          {job.state === "running" ? <progress max={1} value={job.done} aria-label={job.title} /> : null}
          <div class="job-words quiet">
            <span>{job.detail}</span>
            {job.cancellable && job.state === "running" ? (
              <button type="button" class="plain" onClick={() => onCancel(job.id)}>
                Stop
              </button>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
