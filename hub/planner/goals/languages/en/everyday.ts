/** Everyday English words, without accents: none of them is a slip of the finger in another. */
export const everyday = `
  about after again allow allowed also always another anything around baby because been before being better
  between both breakfast bring brought busy cannot care carry chance change changed cheers child chosen clever
  close closed coast coat coffee colder comfort comfy cooking cosy could couple course dark darling daughter
  dead deal decent diner dinner doctor does doing door doors down dropped during each early easy eating either
  else enjoy enough even ever everybody everyone everything except expect expensive extra family farm father
  feel feels fever fight figure figures fine first flight floor food forget form found free friend friends
  from fully gentle getting give given goes going gonna good granddaughter grandma grandpa grandson grateful
  great ground guess guest guests handle happen happens happy hardly have having heard heavy help helpful here
  home hope host house hundred idea ideal immediately important instead issue just keep keeping kids kind
  kitchen know last late lately later latest least leave leaves leaving left less letting level lever light
  like limit line listen little live long look lots lovely lower lowest mainly make manage many matter maybe
  mean meant mention might mind minute moment money month more morning most mostly mother mouth move moves
  moving much must myself name near nearly need needed needs neighbour neighbours never next nice night nights
  north nothing number offer office often okay older once only opened order other others ought outside over
  owner partner past people pick picked place plan plant plate plates play played please plenty plug point
  possible prefer pretty price print proper properly public pull pushed putting question quick quite rate
  rates rather reach reached ready really reason remember rest returned right room round safe said same school
  second seems send sense sensible serve service shall should shower shut side sight simple simply since
  sitting sleeping slept slightly slow some someone something sometimes somewhere soon sort south spare
  special spend spent start stays step still store story strong stuff such summer suppose sure table take
  taken taking talk telling term than thank that their them then there these they thing think thirsty this
  those though three threshold through tight time tired toast today together told tomorrow tonight tonne
  topped total touch tried trying turn turned turns under until upon upstairs used using usual usually utmost
  value very visit visitors waiting wake waking walk want wanted wants warm warmth warn wash waste wasted
  watch wear weather week well went were what whatever when whenever where wherever which while whole wife
  will winner winter wishes with within without wonder words work working worn worry worth would wrong year
  young your yours
`;
