import type { App, Room } from "../context.ts";
import { accountRoutes } from "./accounts.ts";
import { announcingRoutes } from "./announcing.ts";
import { answerRoutes } from "./answers.ts";
import { auditRoutes } from "./audit.ts";
import { blueprintRoutes } from "./blueprints.ts";
import { bookRoutes } from "./books.ts";
import { bridgeRoutes } from "./bridges.ts";
import { brokerRoutes } from "./brokers.ts";
import { commandRoutes } from "./commands.ts";
import { deviceTypeRoutes } from "./device-types.ts";
import { docsRoutes } from "./docs.ts";
import { doctorRoutes } from "./doctor.ts";
import { dryRunRoutes } from "./dry-run.ts";
import { energyRoutes } from "./energy.ts";
import { exportRoutes } from "./export.ts";
import { findingRoutes } from "./findings.ts";
import { findRoutes } from "./finds.ts";
import { goalRoutes } from "./goals.ts";
import { healthRoutes } from "./health.ts";
import { historyRoutes } from "./history.ts";
import { homeRoutes } from "./home.ts";
import { homeRuleRoutes } from "./home-rules.ts";
import { houseRoutes } from "./house.ts";
import { identityRoutes } from "./identity.ts";
import { importRoutes } from "./imports.ts";
import { jobRoutes } from "./jobs.ts";
import { keepingRoutes } from "./keeping.ts";
import { mappingRoutes } from "./mappings.ts";
import { matterRoutes } from "./matter.ts";
import { matterUpdateRoutes } from "./matter-updates.ts";
import { modelRoutes } from "./models.ts";
import { nodeRoutes } from "./nodes.ts";
import { notificationRoutes } from "./notifications.ts";
import { numberRoutes } from "./numbers.ts";
import { pairingRoutes } from "./pairings.ts";
import { planRoutes } from "./plans.ts";
import { policyRoutes } from "./policies.ts";
import { preferenceRoutes } from "./preferences.ts";
import { priceRoutes } from "./prices.ts";
import { repairRoutes } from "./repairs.ts";
import { ruleRoutes } from "./rules.ts";
import { rulesExchangeRoutes } from "./rules-exchange.ts";
import { sceneRoutes } from "./scenes.ts";
import { sentenceRoutes } from "./sentences.ts";
import { sessionRoutes } from "./session.ts";
import { streamRoutes } from "./stream.ts";
import { switchRoutes } from "./switches.ts";
import { tariffRoutes } from "./tariffs.ts";
import { traceRoutes } from "./traces.ts";
import { twinRoutes } from "./twin.ts";

/** Every resource: one line each. */
export const routes: readonly ((app: App, room: Room) => void)[] = [
  healthRoutes,
  accountRoutes,
  sessionRoutes,
  homeRoutes,
  houseRoutes,
  switchRoutes,
  numberRoutes,
  sceneRoutes,
  notificationRoutes,
  answerRoutes,
  nodeRoutes,
  traceRoutes,
  identityRoutes,
  deviceTypeRoutes,
  pairingRoutes,
  matterRoutes,
  matterUpdateRoutes,
  brokerRoutes,
  bridgeRoutes,
  announcingRoutes,
  mappingRoutes,
  historyRoutes,
  exportRoutes,
  importRoutes,
  commandRoutes,
  sentenceRoutes,
  streamRoutes,
  energyRoutes,
  repairRoutes,
  tariffRoutes,
  priceRoutes,
  bookRoutes,
  goalRoutes,
  planRoutes,
  policyRoutes,
  preferenceRoutes,
  findRoutes,
  twinRoutes,
  ruleRoutes,
  homeRuleRoutes,
  rulesExchangeRoutes,
  blueprintRoutes,
  dryRunRoutes,
  modelRoutes,
  auditRoutes,
  findingRoutes,
  jobRoutes,
  doctorRoutes,
  keepingRoutes,
  docsRoutes,
];
