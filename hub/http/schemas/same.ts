/** How the compiler holds the shapes of the API to the hub's own types. */

/** A type as JSON carries it; what may be absent is marked, so that a forgotten optional key is a difference too. */
type Exact<T> = T extends readonly (infer E)[]
  ? readonly Exact<E>[]
  : T extends object
    ? { readonly [K in keyof T]-?: undefined extends T[K] ? { maybe: Exact<Exclude<T[K], undefined>> } : Exact<T[K]> }
    : T;
/** Both say the same. */
export type Same<A, B> = [Exact<A>] extends [Exact<B>] ? ([Exact<B>] extends [Exact<A>] ? true : false) : false;
/** Compiles only while all are true. */
export type Hold<T extends readonly true[]> = T;
