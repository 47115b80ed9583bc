// Who this tab is: picked in the form, remembered per tab, or given as ?account=.

import { recall, remember, tab } from './remember.js';
import { words } from './words.js';

/** Names to start with. Any other name is as good. */
export const SUGGESTED = ['ada', 'bob', 'cleo'];

/** The longest account, in bytes. */
const LONGEST = 128;

/** problemWith says what is wrong with an account's name, or ''. */
export function problemWith(account: string): string {
  if (account === '') return words().nameFirst;
  if (/\p{Cc}/u.test(account)) return words().noControl;
  if (new TextEncoder().encode(account).length > LONGEST) return words().nameTooLong(LONGEST);
  return '';
}

/** remembered is who signs in at once: the address says so, or this tab was signed in before a reload. */
export function remembered(): string | undefined {
  const asked = new URLSearchParams(location.search).get('account')?.trim();
  const kept = recall(tab, 'account');
  const account = asked || (typeof kept === 'string' ? kept : '');
  return problemWith(account) === '' ? account : undefined;
}

/** keepAccount remembers who is signed in, here and in the address; undefined: nobody. */
export function keepAccount(account: string | undefined): void {
  remember(tab, 'account', account);
  const address = new URL(location.href);
  if (account === undefined) address.searchParams.delete('account');
  else address.searchParams.set('account', account);
  history.replaceState(null, '', address);
}

/** somebodyElse is whom a second tab could be. */
export function somebodyElse(account: string): string {
  return SUGGESTED.find((other) => other !== account) ?? 'ada';
}

/** linkFor is the address that opens this page as an account. */
export function linkFor(account: string): string {
  return `?${new URLSearchParams({ account })}`;
}
