/** Watches the doors to the world while something pure runs. */

const doors: readonly (readonly [owner: object, name: string, words: string])[] = [
  [globalThis, "setTimeout", "a timer (setTimeout)"],
  [globalThis, "setInterval", "a timer (setInterval)"],
  [globalThis, "setImmediate", "a timer (setImmediate)"],
  [globalThis, "queueMicrotask", "a timer (queueMicrotask)"],
  [globalThis, "fetch", "the network (fetch)"],
  [Date, "now", "the clock (Date.now)"],
  [Math, "random", "chance (Math.random)"],
  [performance, "now", "the clock (performance.now)"],
  [process, "cwd", "the machine (process.cwd)"],
  [console, "log", "the console"],
  [console, "error", "the console"],
  [console, "warn", "the console"],
];

/** Runs a synchronous function; which doors it used, each once. The doors still work while they are watched. */
export function pureWhile<T>(run: () => T): { readonly result: T; readonly used: readonly string[] } {
  const used = new Set<string>();
  const before = doors.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
  const TrueDate = globalThis.Date;
  for (const [owner, name, words] of doors) {
    const real: unknown = Reflect.get(owner, name);
    if (typeof real !== "function") continue;
    const watched = (...args: unknown[]): unknown => {
      used.add(words);
      return Reflect.apply(real, owner, args);
    };
    Object.defineProperty(owner, name, { value: watched, configurable: true, writable: true });
  }
  globalThis.Date = new Proxy(TrueDate, {
    construct(target, args, newTarget) {
      if (args.length === 0) used.add("the clock (new Date())");
      return Reflect.construct(target, args, newTarget);
    },
  });
  try {
    return { result: run(), used: [...used] };
  } finally {
    globalThis.Date = TrueDate;
    for (const [index, [owner, name]] of doors.entries()) {
      const descriptor = before[index];
      if (descriptor) Object.defineProperty(owner, name, descriptor);
      else Reflect.deleteProperty(owner, name);
    }
  }
}
