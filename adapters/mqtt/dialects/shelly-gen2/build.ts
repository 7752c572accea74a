/** Builds the endpoints of a Shelly out of the statuses and configurations that were seen. */
import { type MakerType, sampleType } from "../../codec.ts";
import { Draft, type Property } from "../../draft.ts";
import { get, type Json, type JsonObject, listOf, numberOf, textOf } from "../../json.ts";
import { hueCodec, kelvinCodec, saturationCodec } from "./colour.ts";
import { componentOf, endpointOf, meantBy, type ShellyWrite } from "./components.ts";
import type { ShellyDevice } from "./device.ts";

/** What a relay switches, as its owner said, or as the product is. */
function relayType(device: ShellyDevice, key: string, id: number): string {
  const uses = listOf(get(device.configs.get("sys"), "ui_data"), "consumption_types");
  const config = device.configs.get(key);
  const use = [uses[id], textOf(config, "consumption_type"), textOf(config, "role")]
    .filter((u) => typeof u === "string")
    .join(" ");
  if (/light|lamp/i.test(use)) return "onOffLight";
  return /plug|socket|strip/i.test(`${textOf(device.info, "app") ?? ""} ${device.shellyId} ${use}`)
    ? "onOffPlugInUnit"
    : "mountedOnOffControl";
}

const lampTypes = new Map(
  Object.entries({
    light: "dimmableLight",
    cct: "colorTemperatureLight",
    rgb: "extendedColorLight",
    rgbw: "extendedColorLight",
    rgbcct: "extendedColorLight",
  }),
);

const methods = new Map(
  Object.entries({
    ...{ switch: "Switch", light: "Light", rgb: "RGB", rgbw: "RGBW", cct: "CCT", rgbcct: "RGBCCT", cover: "Cover" },
    ...{ boolean: "Boolean", number: "Number", enum: "Enum", text: "Text" },
  }),
);

/** A user-made value, in the form that its configuration gives. */
function virtualType(type: string, config: JsonObject | undefined, sample: Json): MakerType {
  if (type === "enum") {
    const options = listOf(config, "options").filter((o) => typeof o === "string");
    return options.length > 0 ? { kind: "enum", values: options } : sampleType(sample);
  }
  if (type !== "number") return sampleType(sample);
  const unit = textOf(get(get(config, "meta"), "ui"), "unit");
  const [min, max] = [numberOf(config, "min"), numberOf(config, "max")];
  return {
    kind: "number",
    ...(unit ? { unit } : {}),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

/** The house's word says less than the maker's here, so that both are kept: an open cover that stands still is "stopped". */
const alsoOwn = new Set(["cover.state", "smoke.alarm", "thermostat.output"]);

class Builder {
  readonly draft = new Draft<ShellyWrite>();
  readonly #device: ShellyDevice;

  constructor(device: ShellyDevice) {
    this.#device = device;
  }

  component(key: string, type: string, id: number): void {
    const { draft } = this;
    const endpoint = endpointOf(type, id);
    const name = textOf(this.#device.configs.get(key), "name");
    if (name !== undefined) draft.label(endpoint, name);
    else if (endpoint > 10) draft.label(endpoint, `${type} ${id}`);
    if (type === "switch") draft.type(endpoint, relayType(this.#device, key, id));
    const lamp = lampTypes.get(type);
    if (lamp) draft.type(endpoint, lamp);
    if (type === "input") this.#input(key, endpoint);
    const source = `${this.#device.prefix}/events/rpc#${key}`;
    const method = methods.get(type);
    const act = (path: string, verb: string): void =>
      draft.action(endpoint, path, { source, writes: [{ method: `${method}.${verb}`, params: { id } }] });
    if (type === "switch" || lamp) act("onOff.toggle", "Toggle");
    if (type !== "cover") return;
    act("windowCovering.upOrOpen", "Open");
    act("windowCovering.downOrClose", "Close");
    act("windowCovering.stopMotion", "Stop");
  }

  #input(key: string, endpoint: number): void {
    this.draft.type(endpoint, "genericSwitch");
    const field = `${key}.event`;
    const source = `${this.#device.prefix}/events/rpc#${field}`;
    this.draft.add({ endpoint, field, source, name: "event", label: "Event", maker: { kind: "text" }, event: true });
  }

  field(key: string, type: string, id: number, leaf: string, sample: Json): void {
    const device = this.#device;
    const config = device.configs.get(key);
    const meant = meantBy(type, leaf, numberOf(config, "obj_id"));
    const field = `${key}.${leaf}`;
    const endpoint = meant?.phase ? 91 + "abc".indexOf(meant.phase) : endpointOf(type, id);
    if (meant?.phase) this.draft.label(endpoint, `Phase ${meant.phase.toUpperCase()}`);
    const plain = { endpoint, field, source: `${device.prefix}/events/rpc#${field}`, name: leaf };
    const write = meant?.field.write;
    if (meant) this.draft.add({ ...plain, ...meant.field, write: write ? (raw) => write(id, raw) : undefined });
    if (meant && !alsoOwn.has(`${type}.${leaf}`)) return;
    if (leaf === "rgb" || leaf === "ct") this.#colour(plain, type, id, leaf, config);
    if (sample === null) return;
    const settable = leaf === "value" && ["boolean", "number", "enum", "text"].includes(type);
    const set = (raw: unknown): ShellyWrite => ({
      method: `${methods.get(type)}.Set`,
      params: { id, value: raw as Json },
    });
    this.draft.add({
      ...plain,
      maker: settable ? virtualType(type, config, sample) : sampleType(sample),
      write: settable ? set : undefined,
    });
  }

  #colour(
    plain: Omit<Property<ShellyWrite>, "maker">,
    type: string,
    id: number,
    leaf: string,
    config: JsonObject | undefined,
  ): void {
    const set =
      (param: string) =>
      (raw: unknown): ShellyWrite => ({ method: `${methods.get(type)}.Set`, params: { id, [param]: raw as Json } });
    if (leaf === "ct") {
      const [a, b] = listOf(config, "ct_range");
      const range = [typeof a === "number" && a > 500 ? a : 2700, typeof b === "number" && b > 500 ? b : 6500] as const;
      this.draft.add({
        ...plain,
        word: "color_temp",
        maker: { kind: "number" },
        codec: kelvinCodec(range),
        write: set("ct"),
      });
      return;
    }
    this.draft.add({ ...plain, word: "hue", maker: { kind: "json" }, codec: hueCodec, write: set("hue") });
    this.draft.add({
      ...plain,
      word: "saturation",
      maker: { kind: "json" },
      codec: saturationCodec,
      write: set("saturation"),
    });
  }
}

export function rebuild(device: ShellyDevice): void {
  const builder = new Builder(device);
  const seen = new Set<string>();
  for (const [field, sample] of device.fields) {
    const key = field.slice(0, field.indexOf("."));
    const leaf = field.slice(key.length + 1);
    const component = componentOf(key);
    if (!component) {
      const maker = { kind: "number", unit: "dBm" } as const;
      builder.draft.add({
        endpoint: 1,
        field,
        source: `${device.prefix}/events/rpc#${field}`,
        name: "wifi_rssi",
        label: "Wi-Fi signal",
        maker,
      });
      continue;
    }
    if (!seen.has(key)) builder.component(key, component.type, component.id);
    seen.add(key);
    builder.field(key, component.type, component.id, leaf, sample);
  }
  device.built = builder.draft.build();
  device.changed = false;
}
