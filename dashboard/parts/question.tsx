import { useState } from "preact/hooks";
import type { NoticeList, Notice as Told } from "../../hub/http/schemas/notifications.ts";
import { inWords, post } from "../api.ts";
import { notices, settings } from "../store.ts";
import { moment } from "../words/format.ts";

export const isOpen = ({ question }: Told): boolean => question !== undefined && question.over === undefined;

/** What a rule asks, with a button for each answer; or what became of it. */
export function Question({ notice: { id, title, question } }: { readonly notice: Told }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  if (!question) return null;
  const at = (ms: number) => moment(ms, settings.value?.timeZone);
  if (question.over)
    return (
      <p class="small-text quiet">
        {question.over.words}, {at(question.over.at)}
      </p>
    );
  const give = async (answer: string) => {
    setBusy(true);
    setProblem("");
    try {
      notices.value = await post<NoticeList>(`/notices/${encodeURIComponent(id)}/answer`, { answer });
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  };
  return (
    <div class="question">
      <fieldset class="row" disabled={busy}>
        <legend class="heard">{title}</legend>
        {question.answers.map((answer) => (
          <button key={answer} type="button" onClick={() => void give(answer)}>
            {answer}
          </button>
        ))}
        <span class="small-text quiet">until {at(question.until)}</span>
      </fieldset>
      <p role="status" class={problem ? "wanted-bad" : "heard"}>
        {problem}
      </p>
    </div>
  );
}
