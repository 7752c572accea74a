import type { Cue } from "../language.ts";

export const cues: Readonly<Record<Cue, string>> = {
  not: "never|not|don't|do not|must not|mustn't|shouldn't|should not|may not|can't|cannot|isn't|without|no",
  only: "only|nothing but|just|solely|exclusively",
  handsOff:
    "hands off|leave\\b.{0,40}\\balone|let\\b.{0,40}\\bbe|(?:never|don't|do not|must not|without)\\b.{0,20}\\b(?:touch\\w*|control\\w*|steer\\w*|tamper\\w*|mess\\w*)|fingers off|none of your business|don't you dare|keep away from",
  switchOn: "(?:switch|turn)(?:ed|ing)? .{0,24}\\bon|run|runs|running|start\\w*|charge|charging|used?|on",
  switchOff: "(?:switch|turn|cut|shut)(?:ed|ing)? .{0,24}\\boff|off|stop|unplug\\w*",
  steer: "switch\\w*|turn\\w*|change\\w*|move|adjust\\w*",
  lights: "lights?|lamps?|lighting|bulbs?|lit",
  heating: "heat|heating|heats|heated|radiators?",
  standby:
    "(?:not|don't|doesn't|no longer) (?:be )?(?:draw|us|eat|wast|guzzl)\\w*\\b.{0,8}\\b(?:any|power|electricity|juice)|(?:draw|us|eat|guzzl)\\w* no (?:power|electricity|juice)|stand-?\\s?by|vampire|phantom|idle (?:power|load|draw)|(?:draw|sip|suck|eat|wast|consum|us)(?:s|e|es|ing)?\\b.{0,20}\\b(?:power|electricity|juice)\\b.{0,20}\\b(?:night|nothing|nobody|asleep)|idle for nothing",
  quiet: "no noise|noise|quiet\\w*|silen\\w+|nothing loud|loud",
  reserve: "retain\\w*|keep|reserve\\w*|hold|leave|back-?up|save|blackout|power cuts?|outages?|emergenc\\w+|always",
  grid: "grid|mains|network|utility",
  sun: "sun|solar|sunshine|pv|sunlight|sunny",
  cost: "^(?:then |next |after that |second(?:ly)? ?(?:comes? )?)?(?:the )?costs?$|^(?:the )?(?:costs?|price|money) (?:\\w+ ){0,2}(?:second\\w*|after\\w*|later|next)|(?:spend|pay|cost|costs|spending)\\b.{0,20}\\b(?:least|less|little|minimum|lowest)|as little as possible|(?:save|least|less)\\b.{0,12}\\b(?:money|costs?)|cheap\\w*|(?:lower|cut|reduce|lowest|smaller)\\b.{0,20}\\b(?:bills?|costs?)|minimi[sz]e\\b.{0,12}\\bcosts?|save (?:energy|power|electricity)|peak (?:price|hour|time)s?|(?:bills?|costs?)\\b.{0,40}\\b(?:high|big|much|down|small\\w*|low\\w*|minimum)|(?:too|so) expensive|costs? too much|thrifty|economical|(?:our|my|less|wast\\w*|gentle|careful)\\b.{0,16}\\bmoney|can(?:'t|not) afford|(?:eat|eats|eating|kill|kills|killing|ruin|ruins|ruining)\\b.{0,20}\\b(?:wages?|wallet|savings|salary|budget)|bills?\\b.{0,40}\\b(?:kill|ruin|eat|rise|climb|afford)\\w*|costs? (?:us|me|a fortune)|wallet|meter\\b.{0,16}\\bspin\\w*",
  co2: "co2|pollut\\w+|carbon|emissions?|green(?:er|est)?|climate|planet|environment\\w*|polar bears?|for (?:our|my|the) grandchildren|grandchildren'?s (?:future|world)|the earth|nature",
  import:
    "own\\b.{0,8}\\b(?:solar|sun|pv|power|electricity|sunshine|energy)|(?:my|our) (?:solar|sun|pv|panels|roof)|self.?consumption|(?:less|least|little)\\b.{0,36}\\bgrid|independent|self.?sufficien\\w+|(?:use|using)\\b.{0,16}\\bsolar|(?:panels|roof|sun)\\b.{0,30}\\b(?:giv\\w+|sell\\w*|wast\\w+)|(?:giv\\w+|sell\\w*|wast\\w+)\\b.{0,30}\\b(?:roof|sun|solar|panels)",
  ready: "charge|charged|charging|ready|full|hot|done|finish\\w*|clean|run|complete\\w*|need|put|heat\\w*",
  full: "full|fully|completely|topped up|to the brim",
  warm: "warm|temperature|heat\\w*|degrees?|thermostats?",
  cold: "cold|freez(?:e|es|ing)|chill\\w*|shiver\\w*|cosy|cozy|icebox|ice-cold|chatter\\w*|chilly|frosty|shiver\\w*|cold feet",
  hot: "too hot|too warm|overheat\\w*|hot|sauna|(?:is|like|into) an? (?:oven|furnace)|boiling in|sweat\\w*|swelter\\w*|roast\\w*|stuffy",
  house: "the house|at home|everywhere|all rooms|every room|the flat|the home|indoors|inside|here|in here",
  outage: "(?<!(?:no|without|any|never|zero) (?:more )?)(?:blackouts?|power (?:cut|failure)s?|outages?)|lights go out",
  sleep: "sleep\\w*|naps?|rests?",
  drive: "driv(?:e|es|ing)|leave (?:for work|by car)|commute",
  nap: "naps?|toddler|siesta",
  needless:
    "(?:don't|do not|doesn't|does not|won't)\\b.{0,24}\\b(?:need|needs|have to|has to)|needn't|need not|no need|(?:not|isn't) (?:necessary|needed)",
};
