// Which device this is. A tab stays the same device over reloads; two tabs are
// never the same one, not even when "Duplicate tab" copied sessionStorage.

/** One promise a page for each (facade, app, account): its device does not change while the page lives. */
const claimed = new Map<string, Promise<string>>();

/** newId is 128 random bits, as 32 hex digits. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** deviceId of this tab, for one facade ('nim'), app and account. Never rejects. */
export function deviceId(facade: string, app: string, account: string): Promise<string> {
  const key = `beckon:device:${JSON.stringify([facade, app, account])}`;
  let id = claimed.get(key);
  if (!id) claimed.set(key, (id = claim(key)));
  return id;
}

async function claim(key: string): Promise<string> {
  try {
    const kept = sessionStorage.getItem(key);
    if (kept && (await hold(kept))) return kept;
    const id = newId();
    if (await hold(id)) sessionStorage.setItem(key, id);
    return id;
  } catch {
    return newId(); // no storage or no locks: in Node, in a sandboxed frame, over plain http
  }
}

/**
 * hold takes the id for as long as the page lives, and answers whether it could. A tab that has it keeps it;
 * a page that reloads has let go of it before the next one asks.
 */
function hold(id: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = navigator.locks.request(`beckon:device:${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {});
    });
    asked.catch(reject);
  });
}
