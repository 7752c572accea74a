import { useEffect, useState } from "preact/hooks";
import { get, inWords } from "../../api.ts";
import { readNodes } from "../../store.ts";

/** True when it was done. */
export type Change<A> = (asking: Promise<A>) => Promise<boolean>;

/** What the hub answers at a path, and asks that change it: each answers the whole anew, and the devices are read again. */
export function useKeptList<A>(path: string) {
  const [answer, setAnswer] = useState<A | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const ask: Change<A> = async (asking) => {
    try {
      setAnswer(await asking);
      setProblem("");
      return true;
    } catch (error) {
      setProblem(inWords(error));
      return false;
    }
  };
  useEffect(() => void ask(get<A>(path)), []);
  const change: Change<A> = async (asking) => {
    const done = await ask(asking);
    if (done) void readNodes();
    return done;
  };
  return { answer, problem, change };
}
