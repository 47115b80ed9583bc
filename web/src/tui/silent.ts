// Objects for pages that talk to a media or chat SDK which is not there.

/**
 * silent makes an object that has any method, and each does nothing and answers undefined, but for those given. Names
 * that begin with '_' it does not have, nor `then`: it is no promise.
 */
export function silent(own: Record<string, unknown> = {}): any {
  return new Proxy(own, {
    get: (_, name) => (typeof name === 'symbol' || name in own || /^(_|then$|toJSON$)/.test(name) ? Reflect.get(own, name) : nothing),
  });
}

const nothing = () => {};

/** What getTRTCCloud() answers, and getTIM(). */
export const cloud: any = silent();
export const chat: any = silent();
