import { useEffect, useRef, useState } from "preact/hooks";
import { Notice } from "./notice.tsx";

interface Props {
  readonly name: string;
  readonly read: () => Promise<string>;
  readonly close: () => void;
}

/** A report that its owner can pass on to the device's maker; read before it is copied. */
export function MakersReport({ name, read, close }: Props) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  const [copied, setCopied] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  // Read once: what is being read must not change under its reader.
  useEffect(() => {
    read().then(setText, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : "The report could not be read."),
    );
  }, []);
  const file = useFile(text);
  return (
    <div class="report stack">
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <label class="small-text">
        Report for the maker. Addresses, names and secrets are masked where they can be told; read it before you send it
        on.
        <textarea ref={area} class="code" rows={14} readOnly value={text} />
      </label>
      <div class="row">
        <button type="button" class="small" onClick={() => void copy(text, area.current).then(setCopied)}>
          Copy report
        </button>
        {file ? (
          <a class="small-text" href={file} download={name}>
            Download
          </a>
        ) : null}
        <button type="button" class="plain small-text" onClick={close}>
          Close
        </button>
        <span class="small-text quiet" role="status">
          {copied ? "Copied." : ""}
        </span>
      </div>
    </div>
  );
}

function useFile(text: string): string | undefined {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (!text) return undefined;
    const made = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return url;
}

/** Browsers give their clipboard only to pages over TLS or on this machine; elsewhere the marked text is copied the old way. */
async function copy(text: string, area: HTMLTextAreaElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    area?.select();
    return document.execCommand("copy");
  }
}
