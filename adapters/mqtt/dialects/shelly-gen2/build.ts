/** Builds the endpoints of a Shelly out of the statuses and configurations that were seen. */
import { type MakerType, sampleType } from "../../codec.ts";
import { hueCodec, kelvinCodec, saturationCodec } from "../../colour.ts";
import { Draft, type Property } from "../../draft.ts";
import { get, type Json, type JsonObject, listOf, numberOf, textOf } from "../../json.ts";
import { componentOf, endpointOf, meantBy, type ShellyWrite } from "./components.ts";
import type { ShellyDevice } from "./device.ts";
import { productOf, roleIn } from "./roles.ts";
import { addMqttSettings, namedField } from "./system.ts";

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

/** A value of a product is called by its role. */
const inProduct = (key: string, config: JsonObject | undefined, leaf: string): string => {
  const role = textOf(config, "role") ?? key;
  return leaf === "value" ? role : `${role}.${leaf}`;
};

class Builder {
  readonly draft = new Draft<ShellyWrite>();
  readonly #device: ShellyDevice;
  /** Which component has a name on an endpoint, as `1/errors`. */
  readonly #owners = new Map<string, string>();

  constructor(device: ShellyDevice) {
    this.#device = device;
  }

  component(key: string, type: string, id: number): void {
    const { draft } = this;
    const config = this.#device.configs.get(key);
    const product = productOf(config);
    const endpoint = product ?? endpointOf(type, id);
    const name = textOf(config, "name");
    if (name !== undefined && product === undefined) draft.label(endpoint, name);
    else if (endpoint > 10 && product === undefined) draft.label(endpoint, `${type} ${id}`);
    if (type === "switch") draft.type(endpoint, relayType(this.#device, key, id));
    const lamp = lampTypes.get(type);
    if (lamp) draft.type(endpoint, lamp);
    if (type === "input") this.#input(key, endpoint);
    else if (this.#device.events.has(key)) this.#event(key, endpoint);
    if (type === "button") this.#trigger(key, id, endpoint);
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
    this.#event(key, endpoint);
  }

  /** A button on the screen alone: it can be pressed from here as well. */
  #trigger(key: string, id: number, endpoint: number): void {
    const source = `${this.#device.prefix}/events/rpc#${key}`;
    const values = ["single_push", "double_push", "triple_push", "long_push"];
    const write = (raw: unknown): ShellyWrite => ({ method: "Button.Trigger", params: { id, event: raw as Json } });
    const maker: MakerType = { kind: "enum", values };
    this.draft.add({ endpoint, field: `${key}/trigger`, source, name: "trigger", label: "Press", maker, write });
  }

  #event(key: string, endpoint: number): void {
    const field = `${key}.event`;
    const source = `${this.#device.prefix}/events/rpc#${field}`;
    this.draft.add({ endpoint, field, source, name: "event", label: "Event", maker: { kind: "text" }, event: true });
  }

  field(key: string, type: string, id: number, leaf: string, sample: Json): void {
    const device = this.#device;
    const config = device.configs.get(key);
    const meant = meantBy(type, leaf, numberOf(config, "obj_id"));
    const field = `${key}.${leaf}`;
    const product = productOf(config);
    const endpoint = meant?.phase ? 91 + "abc".indexOf(meant.phase) : (product ?? endpointOf(type, id));
    if (meant?.phase) this.draft.label(endpoint, `Phase ${meant.phase.toUpperCase()}`);
    const name = product === undefined ? this.#nameOf(key, endpoint, leaf) : inProduct(key, config, leaf);
    const plain = { endpoint, field, source: `${device.prefix}/events/rpc#${field}`, name };
    const write = meant?.field.write;
    if (meant) this.draft.add({ ...plain, ...meant.field, write: write ? (raw) => write(id, raw) : undefined });
    if (meant && !alsoOwn.has(`${type}.${leaf}`)) return;
    if (leaf === "rgb" || leaf === "ct") this.#colour(plain, type, id, leaf, config);
    if (sample === null) return;
    this.#own(plain, type, id, leaf, sample);
  }

  /** The field's own name; the second component on an endpoint (a meter and its counters) says whose it is. */
  #nameOf(key: string, endpoint: number, leaf: string): string {
    const place = `${endpoint}/${leaf}`;
    const owner = this.#owners.get(place) ?? key;
    this.#owners.set(place, owner);
    return owner === key ? leaf : `${key}.${leaf}`;
  }

  /** A value in the maker's words; one that is a part of a product in the house's, too. */
  #own(plain: Omit<Property<ShellyWrite>, "maker">, type: string, id: number, leaf: string, sample: Json): void {
    const config = this.#device.configs.get(`${type}:${id}`);
    const settable = leaf === "value" && ["boolean", "number", "enum", "text"].includes(type);
    const method = `${methods.get(type)}.Set`;
    const write = settable ? (raw: unknown) => ({ method, params: { id, value: raw as Json } }) : undefined;
    const own = settable ? virtualType(type, config, sample) : sampleType(sample);
    const role = leaf === "value" ? roleIn(config, this.#device.configs) : undefined;
    const { word, unit, codec } = role ?? {};
    if (codec) this.draft.add({ ...plain, word, maker: own, codec });
    // Where the house's words say less than the maker's, both are kept.
    const house = codec ? undefined : word;
    const maker: MakerType = own.kind === "number" && unit ? { ...own, unit: own.unit ?? unit } : own;
    this.draft.add({ ...plain, word: house, maker, write });
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
      const { name, label, unit } = namedField(field);
      const maker: MakerType = unit ? { kind: "number", unit } : sampleType(sample);
      const source = `${device.prefix}/events/rpc#${field}`;
      builder.draft.add({ endpoint: 1, field, source, name, label, maker });
      continue;
    }
    if (!seen.has(key)) builder.component(key, component.type, component.id);
    seen.add(key);
    builder.field(key, component.type, component.id, leaf, sample);
  }
  // A button of a battery device says nothing but its presses.
  for (const key of device.events) {
    const component = seen.has(key) ? undefined : componentOf(key);
    if (component) builder.component(key, component.type, component.id);
  }
  addMqttSettings(builder.draft, device);
  device.built = builder.draft.build();
  device.changed = false;
}
