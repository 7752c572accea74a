import { Endpoint } from "@matter/main";
import { SmokeCoAlarmServer } from "@matter/main/behaviors/smoke-co-alarm";
import { SmokeCoAlarm } from "@matter/main/clusters/smoke-co-alarm";
import { SmokeCoAlarmDevice } from "@matter/main/devices/smoke-co-alarm";
import { bornCell, CellPower } from "../parts/battery-cell.ts";
import { type Product, truthIn } from "../product.ts";

const { AlarmState, ExpressedState } = SmokeCoAlarm;

/** The self test is over when the horn has sounded once. */
class AlarmServer extends SmokeCoAlarmServer.with("SmokeAlarm", "CoAlarm") {
  override selfTestRequest(): void {
    this.events.selfTestComplete.emit(undefined, this.context);
  }
}

const Type = SmokeCoAlarmDevice.with(AlarmServer, CellPower);

/** Smoke and carbon monoxide alarm: `smoke` and `co` sound it, `batteryLow` is told before the end. */
export function smokeCoAlarm(): Product {
  const endpoint = new Endpoint(Type, {
    id: "alarm",
    smokeCoAlarm: {
      expressedState: ExpressedState.Normal,
      ...{ smokeState: AlarmState.Normal, coState: AlarmState.Normal, batteryAlert: AlarmState.Normal },
    },
    powerSource: bornCell(94),
  });
  const now = { smoke: false, co: false, batteryLow: false };
  /** What is loudest is shown (Matter Application Clusters, Smoke CO Alarm, ExpressedState). */
  const loudest = () =>
    now.smoke
      ? ExpressedState.SmokeAlarm
      : now.co
        ? ExpressedState.CoAlarm
        : now.batteryLow
          ? ExpressedState.BatteryAlert
          : ExpressedState.Normal;
  return {
    endpoints: [endpoint],
    state: () => ({ ...now }),
    async set(values) {
      const before = loudest();
      for (const name of ["smoke", "co", "batteryLow"] as const) now[name] = truthIn(values, name) ?? now[name];
      const level = (alarm: boolean) => (alarm ? AlarmState.Critical : AlarmState.Normal);
      await endpoint.set({
        smokeCoAlarm: {
          expressedState: loudest(),
          smokeState: level(now.smoke),
          coState: level(now.co),
          batteryAlert: now.batteryLow ? AlarmState.Warning : AlarmState.Normal,
        },
        powerSource: { batPercentRemaining: now.batteryLow ? 12 : 188 },
      });
      if (loudest() === before) return;
      await endpoint.act((agent) => {
        const { events, context } = agent.get(AlarmServer);
        const alarmSeverityLevel = AlarmState.Critical;
        if (now.smoke) events.smokeAlarm.emit({ alarmSeverityLevel }, context);
        else if (now.co) events.coAlarm.emit({ alarmSeverityLevel }, context);
        else if (now.batteryLow) events.lowBattery.emit({ alarmSeverityLevel: AlarmState.Warning }, context);
        else events.allClear.emit(undefined, context);
      });
    },
  };
}
