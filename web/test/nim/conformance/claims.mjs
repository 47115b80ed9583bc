// What cases claim, in words that work in Node and in a page alike.

/** A claim that does not hold. */
export class Broken extends Error {
  name = 'Broken';
}

export function fail(why) {
  throw new Broken(why);
}

export function ok(claim, what) {
  if (!claim) fail(what);
}

/** equal compares all the way down; what is undefined is not there. */
export function equal(actual, expected, what = 'it') {
  const [is, should] = [written(actual), written(expected)];
  if (is !== should) fail(`${what} is\n  ${is}\nand should be\n  ${should}`);
}

export function match(text, pattern, what = 'it') {
  if (typeof text !== 'string' || !pattern.test(text)) fail(`${what} is ${written(text)} and should match ${pattern}`);
}

/** has claims that the object has these fields, among others. */
export function has(object, fields, what = 'it') {
  equal(Object.fromEntries(Object.keys(fields).map((name) => [name, object?.[name]])), fields, what);
}

/** keys claims that the object has exactly these fields. */
export function keys(object, names, what = 'it') {
  const there = Object.keys(object).filter((name) => object[name] !== undefined);
  equal(there.sort(), [...names].sort(), `the fields of ${what}`);
}

export function strings(object, names) {
  for (const name of names) if (typeof object[name] !== 'string') fail(`${name} is ${written(object[name])} and should be a string`);
}

/** The codes that have a name, which the vendor's kits compare. */
export const NAMES = {
  10201: 'PEER_NIM_OFFLINE',
  10202: 'PEER_PUSH_OFFLINE',
  10404: 'ROOM_NOT_EXISTS',
  10405: 'ROOM_HAS_EXISTS',
  10406: 'ROOM_MEMBER_NOT_EXISTS',
  10407: 'ROOM_MEMBER_HAS_EXISTS',
  10408: 'INVITE_NOT_EXISTS',
  10409: 'INVITE_HAS_REJECT',
  10410: 'INVITE_HAS_ACCEPT',
  10417: 'UID_CONFLICT',
  10419: 'ROOM_MEMBER_EXCEED',
  10420: 'ROOM_MEMBER_HAS_EXISTS_OTHER_CLIENT',
};

/** refused waits for a call to reject with the code, and answers its error. */
export async function refused(call, code, fields = {}) {
  const error = await rejection(call);
  has(error, { name: 'NIMError', code, ...(NAMES[code] && { message: NAMES[code] }), ...fields }, 'the error');
  return error;
}

/** rejection waits for a call to reject with an Error, and answers it. */
export async function rejection(call) {
  const answer = await call.then(
    (result) => ({ result }),
    (error) => ({ error }),
  );
  if (!('error' in answer)) fail(`it resolved to ${written(answer.result)} and should have been refused`);
  ok(answer.error instanceof Error, `it rejected with ${written(answer.error)}, which is no Error`);
  return answer.error;
}

/** throwsFor claims that the call throws at once, for each of its required parameters, an object that is no Error. */
export function throwsFor(nim, method, good, required) {
  for (const name of required) {
    for (const missing of [undefined, null, '', {}, [], [null]]) {
      const what = thrown(() => nim[method]({ ...good, [name]: missing }));
      ok(!(what instanceof Error), `without ${name} ${method} throws an Error: ${what}`);
      keys(what, ['callFunc', 'message', 'time', 'timetag'], 'what is thrown');
      has(what, { callFunc: 'api::signalling' }, 'what is thrown');
      match(what.message, new RegExp(`${name}\\b`), 'its message');
    }
  }
}

export function thrown(fn) {
  let result;
  try {
    result = fn();
  } catch (error) {
    return error;
  }
  result?.catch?.(() => {});
  return fail(`it answered ${written(result)} and should have thrown`);
}

/** written is a value as text, the same for equal values. */
export function written(value) {
  return JSON.stringify(value, (_, v) => {
    if (typeof v === 'bigint') return `${v}n`;
    if (typeof v === 'function') return 'a function';
    if (v instanceof Error) return { error: String(v), ...v };
    if (v && typeof v === 'object' && !Array.isArray(v)) return Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)));
    return v;
  });
}
