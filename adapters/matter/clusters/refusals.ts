import { wireNumber } from "./codecs.ts";
import { field, label } from "./structs.ts";

/**
 * Why a device that answered a command did not do it: Mode Base, Service Area and Media answer with a status and perhaps
 * words (1.10.7.2, 1.17.7), Operational State with an error (1.14.6.5). Undefined when it did, or answered nothing.
 */
export function refusalIn(answer: unknown): string | undefined {
  const error = field(answer, "commandResponseState");
  const status = wireNumber(error === undefined ? field(answer, "status") : field(error, "errorStateId"));
  if (status === undefined || status === 0) return undefined;
  const said =
    label(field(answer, "statusText"), 200) ??
    label(field(error, "errorStateDetails"), 200) ??
    label(field(error, "errorStateLabel"), 64);
  return said ? `the device refused: ${said}` : `the device refused (status ${status})`;
}
