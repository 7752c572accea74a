/**
 * A promise that calls back at once. aedes sends a message on only after its store has answered: were the answer late by
 * a tick, the next message of the same client that needs no store would overtake it, and aedes' guard against duplicates
 * (by a rising counter for each subscriber) would then drop the overtaken message for everybody who listens.
 */
export function atOnce<T>(value: T): Promise<T> {
  const promise = Promise.resolve(value);
  const slow = promise.then.bind(promise);
  return Object.assign(promise, {
    then<A = T, B = never>(
      taken?: ((value: T) => A | PromiseLike<A>) | null,
      failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
    ): Promise<A | B> {
      if (!taken) return slow(taken, failed);
      try {
        return Promise.resolve(taken(value));
      } catch (error) {
        return Promise.reject(error);
      }
    },
  });
}
