import type { Language } from "../language.ts";
import { numberWords } from "../numbers.ts";
import { cues } from "./cues.ts";
import { rooms, things } from "./things.ts";
import { times } from "./times.ts";

const numbers = numberWords(
  "- two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
  "twenty thirty forty fifty sixty seventy eighty ninety",
  "hundred",
  (ten, one) => [`${ten} ${one === "-" ? "one" : one}`, `${ten}-${one === "-" ? "one" : one}`],
);

export const en: Language = {
  code: "en",
  common:
    "the a an is are be to of in my our we i and or at by for with on when while until it should please make sure not never don't keep have last later than",
  numbers,
  rewrites: [
    ["(\\d+) point (\\d+)", "$1.$2"],
    ["(\\d+) and a half", "$1.5"],
    ["(?:a|one) third (?:of|in)(?: the)?", "33 % of"],
    ["(?:a|one) quarter (?:of|in)(?: the)?", "25 % of"],
    ["(?:a|one) fifth (?:of|in)(?: the)?", "20 % of"],
    ["(?:a|one) tenth (?:of|in)(?: the)?", "10 % of"],
    ["2 thirds(?: of)?(?: the)?", "67 % of"],
    ["3 quarters(?: of)?(?: the)?", "75 % of"],
    ["(?:don't|do not|never) forget(?: to)?", ""],
    ["half (?:of )?the(?= battery| home)", "50 % of the"],
    ["one(?= o'?clock| am| pm)", "1"],
    ["(?<=from |between )one(?= to| until| till| and)", "1"],
    ["mon(?:day)? ?- ?fri(?:day)?", "weekdays"],
  ],
  times,
  bounds: {
    below: "below|under|colder|cooler|less than|lower than|beneath",
    above: "above|over|warmer than|hotter than|more than|higher than|beyond|exceed\\w*",
    atLeast: "at least|no less than|not less than|minimum(?: of)?|min",
    atMost: "at most|stop (?:charg|heat)\\w*\\b.{0,24}\\bat|no more than|not more than|maximum(?: of)?|max|up to",
  },
  and: "and|but|plus|also",
  question: "what|how|why|when (?:did|does|will|is|was)|which|who|where|is|are|was|did|does|do (?:we|i|you) have",
  presence: {
    arrive: "(?:get|gets|come|comes|coming|arrive\\w*|return\\w*)(?: back)? home|(?:get|come) back",
    home: "(?:when|while|if|whenever|as long as|only)\\b[^,;]{0,20}\\b(?:somebody|someone|anybody|anyone|people|we(?: are|'re)?|i(?: am|'m)?)\\b[^,;]{0,12}\\b(?:home|there|in)|while occupied",
    away: "(?:when|while|if|whenever|as long as|where)\\b[^,;]{0,20}\\b(?:nobody|no one|no-one|noone)\\b[^,;]{0,24}|(?:when|while|if|whenever|as long as)\\b[^,;]{0,20}\\b(?:away|out|gone|not home|not at home|on holidays?|on vacation|empty|unoccupied)|(?:in|of) an? empty (?:house|home|rooms?)|empty rooms?|unoccupied rooms?|for (?:nobody|no one)(?! to)|(?:nobody|no one)(?: is|'s) (?:there|in|around|upstairs|downstairs)|on empty (?:chairs|rooms)",
  },
  strength: {
    must: "definitely|in any case|at all costs?|without fail|absolutely|no matter what",
    ifPossible: "if possible|if you can|where possible|as far as possible|ideally|preferably|if it works|would be nice",
  },
  cues,
  things,
  rooms,
  filler: "and|please|also|then|i want|we want|i'd like|so that|make sure|thanks?|thank you|hi|hello|hey",
  beyond:
    "(?:at|during|around|over) (?:dinner|supper|breakfast)(?: ?time)?|(?:for|within) (?:about |around |at least |up to )?N (?:more )?(?:hours?|hrs?|minutes?|mins?|days?|weeks?)|in N (?:hours?|hrs?|minutes?|mins?|days?|weeks?)|N (?:hours?|minutes?|times?) (?:a|per|every) (?:day|week|month)|(?:once|twice) (?:a|per|every) (?:day|week|month)|every (?:other|second|third|N) \\w+|(?:next|this|last) (?:week|month|year)|unless|except|apart from|other than|sun ?(?:set|rise)|dusk|dawn",
  condition: "if|when|whenever|while|as long as|provided|as soon as|once",
  stress: "especially|above all|particularly|certainly|let alone",
};
