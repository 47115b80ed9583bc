// What cases claim, beside what those of the NIM suite do.

import { equal, has, match, rejection, written } from '../../nim/conformance/claims.mjs';

export { Broken, equal, fail, has, keys, match, ok, rejection, written } from '../../nim/conformance/claims.mjs';

/** refused waits for a call to reject with the code, and with what the fields or the pattern say; it answers the error. */
export async function refused(call, code, how = {}) {
  const error = await rejection(call);
  equal(error.code, code, `the code of ${written(error)}`);
  equal([error.name, typeof error.message], ['', 'string'], 'name and message');
  if (how instanceof RegExp) match(error.message, how, 'the message');
  else has(error, how, 'the error');
  return error;
}

/** inOrder claims that these names came, one behind the other, among others. */
export function inOrder(came, names) {
  equal(came.filter((name) => names.includes(name)), names, 'the order');
}

/** Every character that a room's id may have. */
export const ROOM_ID = 'azAZ09 !#$%&()+-:;<=.>?@[]^_{}|~,';
