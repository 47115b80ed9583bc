// Storage that may be refused (private windows, blocked cookies): then nothing is remembered.

/** remember keeps a value under a name; undefined forgets it. */
export function remember(storage: () => Storage, name: string, value: unknown): void {
  try {
    if (value === undefined) storage().removeItem(key(name));
    else storage().setItem(key(name), JSON.stringify(value));
  } catch {
    // Refused or full: the page works without.
  }
}

/** recall gives back what was kept, or undefined. */
export function recall(storage: () => Storage, name: string): unknown {
  try {
    return JSON.parse(storage().getItem(key(name)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** This tab's storage survives a reload, and no other tab sees it. */
export const tab = (): Storage => sessionStorage;
/** This browser's storage, shared by its tabs. */
export const browser = (): Storage => localStorage;

const key = (name: string): string => `beckon.demo.${name}`;
