import type { Language } from "../language.ts";
import { numberWords } from "../numbers.ts";
import { cues } from "./cues.ts";
import { everyday } from "./everyday.ts";
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
  everyday,
  numbers,
  rewrites: [
    ["half[ -]?(?:full|charged)", "50 %"],
    ["(do|does|must|should|would|could|is|are|was|were|have|has|had|did)nt", "$1n't"],
    ["cant", "can't"],
    ["wont", "won't"],
    [
      "(?:it(?:'d| would) be (?:nice|lovely|great|good|wonderful|kind)|(?:i|we)(?:'d| would| should) be (?:\\w+ ){0,2}(?:grateful|glad|happy|pleased)|(?:would|do) you mind) if",
      "",
    ],
    [
      "(?:if (?:it's|it is|it isn't) (?:no|not too much|too much) (?:of a )?(?:trouble|bother|problem)|if you (?:don't|wouldn't) mind|if (?:i may|that's (?:ok|okay|all ?right)|you (?:please|like|would be so kind)))",
      "",
    ],
    [
      "(?<=(?:machine|washer|dryer|drier|dishwasher|laundry) )(?:to )?(?:go(?:es|ing)? off|kick(?:s|ing)? (?:in|off))",
      "run",
    ],
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
    away: "(?:when|while|if|whenever|as soon as|once|after)\\b[^,;]{0,8}\\b(?:everybody|everyone|we|all of us|the last one|they)\\b[^,;]{0,8}(?:'s|'ve|has|have|is|are|all)?\\b[^,;]{0,8}\\b(?:left|gone|go out|leave|out)(?: (?:of )?(?:the )?(?:house|home|flat))?|(?:as soon as|once)\\b[^,;]{0,20}\\b(?:nobody|no one|no-one|noone|everyone's out)\\b[^,;]{0,24}|(?:when|while|if|whenever) nobodys? [^,;]{0,16}|(?:when|while|if|whenever|as long as|where)\\b[^,;]{0,20}\\b(?:nobody|no one|no-one|noone)\\b[^,;]{0,24}|(?:when|while|if|whenever|as long as)\\b[^,;]{0,20}\\b(?:away|out|gone|not home|not at home|on holidays?|on vacation|empty|unoccupied)|(?:in|of) an? empty (?:house|home|rooms?)|empty rooms?|unoccupied rooms?|for (?:nobody|no one)(?! to)|(?:nobody|no one)(?: is|'s) (?:there|in|around|upstairs|downstairs)|on empty (?:chairs|rooms)",
  },
  strength: {
    must: "definitely|in any case|at all costs?|without fail|absolutely|no matter what",
    ifPossible: "if possible|if you can|where possible|as far as possible|ideally|preferably|if it works|would be nice",
  },
  cues,
  things,
  rooms,
  anyRoom:
    "(?:guest|spare|utility|laundry|play|music|games?|hobby|store|box|dressing|family|sun|work|gym|tv|media|baby'?s?|granny'?s?|teenager'?s|(?:my |our )?(?:son|daughter|mum|dad|mother|father|girl|boy)'?s) (?:bed ?)?room|attic|loft|basement|cellar|conservatory|pantry|landing|toilet|workshop|shed|greenhouse",
  filler:
    "dear|love|mate|cheers|ta|darling|sweetheart|and|please|also|then|i want|we want|i'd like|so that|make sure|thanks?|thank you|hi|hello|hey",
  beyond:
    "(?:almost|nearly|not quite) (?:full|charged|fully)|(?:at|during|around|over) (?:dinner|supper|breakfast)(?: ?time)?|(?:for|within) (?:about |around |at least |up to )?N (?:more )?(?:hours?|hrs?|minutes?|mins?|days?|weeks?)|in N (?:hours?|hrs?|minutes?|mins?|days?|weeks?)|N (?:hours?|minutes?|times?) (?:a|per|every) (?:day|week|month)|(?:once|twice) (?:a|per|every) (?:day|week|month)|every (?:other|second|third|N) \\w+|(?:next|this|last) (?:week|month|year)|unless|except|apart from|other than|sun ?(?:set|rise)|dusk|dawn",
  condition: "if|when|whenever|while|as long as|provided|as soon as|once",
  stress: "especially|above all|particularly|certainly|let alone",
};
