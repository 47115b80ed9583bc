// Whom an account rang or was rung by lately, newest first.

import { SUGGESTED } from './account.js';
import { browser, recall, remember } from './remember.js';

const KEEP = 5;

/** recent lists people to ring: the latest, then the suggested ones. */
export function recent(account: string): string[] {
  const all = [...new Set([...kept(account), ...SUGGESTED])];
  return all.filter((other) => other !== account).slice(0, KEEP);
}

/** met puts somebody first in the list. */
export function met(account: string, other: string): void {
  const list = [other, ...kept(account).filter((known) => known !== other)];
  remember(browser, `recent.${account}`, list.slice(0, KEEP));
}

function kept(account: string): string[] {
  const list = recall(browser, `recent.${account}`);
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
