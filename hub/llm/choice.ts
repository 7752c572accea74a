import type { LanguageModel } from "../ports.ts";
import type { ServerModel } from "./server/model.ts";

/**
 * The language model that answers: the home's server where a person has set one, else the local one. While nobody
 * answers at the server's address, the local model does.
 */
export function eitherModel(local: LanguageModel, server: ServerModel): LanguageModel {
  return {
    ready: () => server.ready() ?? local.ready(),
    async ask(question, signal) {
      if (server.ready() === undefined) return local.ask(question, signal);
      const answer = await server.ask(question, signal);
      if (answer.ok || !server.away() || signal?.aborted || local.ready() === undefined) return answer;
      return local.ask(question, signal);
    },
  };
}
