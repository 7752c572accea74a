import { useEffect, useState } from "preact/hooks";
import type { IdentityView, ProposalView } from "../../hub/http/schemas.ts";
import { announcement } from "../acting.ts";
import { get, inWords, post } from "../api.ts";
import { Notice } from "../parts/notice.tsx";
import { SameDevice } from "../parts/same-device.tsx";
import "../styles/findings.css";
import { nodes, readNodes } from "../store.ts";

/** What the hub knows of devices on several roads; read again whenever one of the home's devices changes. */
export function useIdentity(): IdentityView | undefined {
  const [read, setRead] = useState<IdentityView | undefined>(undefined);
  const changed = nodes.value;
  // The list of devices is what asks for another reading.
  useEffect(() => {
    let current = true;
    get<IdentityView>("/identity").then(
      (identity) => current && setRead(identity),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [changed]);
  return read;
}

const SAID = { accept: "one device now", reject: "two devices" } as const;

/** Devices that may be one, each with what speaks for it. With a node: those that may be this one. Nothing where nothing is asked. */
export function MayBeOne({ node }: { readonly node?: string }) {
  const identity = useIdentity();
  const [problem, setProblem] = useState("");
  const all = identity?.proposals ?? [];
  const open = node === undefined ? all : all.filter((p) => p.keep.node === node || p.other.node === node);
  const say = async (proposal: ProposalView, verb: keyof typeof SAID) => {
    setProblem("");
    try {
      await post(`/identity/proposals/${encodeURIComponent(proposal.key)}/${verb}`);
      announcement.value = SAID[verb];
    } catch (error) {
      setProblem(inWords(error));
    }
    await readNodes().catch(() => undefined);
  };
  if (open.length === 0 && !problem) return null;
  return (
    <section class="stack" aria-label="Devices that may be one">
      <h2>{open.length === 1 ? "The same device?" : `The same device? ${open.length} times`}</h2>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <ul class="stack">
        {open.map((p) => (
          <SameDevice key={p.key} proposal={p} onSay={(verb) => say(p, verb)} />
        ))}
      </ul>
    </section>
  );
}
