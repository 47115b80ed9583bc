// Shows the state of the page: which panel, which words, where the focus goes.

import { linkFor, somebodyElse, SUGGESTED } from './account.js';
import { RINGS_FOR, VIDEO } from './call.js';
import type { Call } from './call.js';
import { byId, chips, complain, paint, say } from './dom.js';
import type { Link } from './link.js';
import { recent } from './recent.js';
import { clock, hint, kindOf, status, title, words } from './words.js';

export interface State {
  /** '' while nobody is signed in. */
  account: string;
  link: Link;
  call: Call;
}

/** Each panel, and the control that gets the focus when the panel appears. */
const panels = { 'sign-in': 'account', dial: 'callee', calling: 'cancel', talking: 'hangup' } as const;
type Panel = keyof typeof panels;

export class View {
  private panel: Panel = 'sign-in';
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly on: { signIn(account: string): void }) {
    this.retell();
  }

  /** retell says again, in another language, what render does not. */
  retell(): void {
    chips(byId('accounts'), SUGGESTED, (account) => words().signInAs(account), this.on.signIn);
    const account = byId('my-name').textContent;
    if (account) this.renderRecent(account);
  }

  render({ account, link, call }: State): void {
    document.title = title(call, account);
    const line = byId('status');
    line.dataset['state'] = link.state === 'online' ? shown(call) : link.state;
    line.dataset['call'] = shown(call);
    say(line, status(link, call, account));
    say(byId('banner'), link.state === 'reconnecting' ? words().tryingAgain(link.retries) : '');
    this.renderMe(account);
    this.renderHint(account, call);
    this.renderCall(call);
    this.show(panelOf(link, call));
  }

  /** news tells what just happened; '' takes it away. */
  news(text: string): void {
    say(byId('news'), text);
  }

  private renderMe(account: string): void {
    const changed = byId('my-name').textContent !== account;
    byId('me').hidden = account === '';
    paint(byId('my-avatar'), account);
    say(byId('my-name'), account);
    if (changed && account !== '') this.renderRecent(account);
  }

  /** renderHint offers a second tab: as somebody to ring, or as the one who is rung. */
  private renderHint(account: string, call: Call): void {
    byId('second-tab').hidden = call.state === 'connected';
    const other = call.state === 'ringing' ? call.peer : somebodyElse(account || 'ada');
    say(byId('hint'), hint(call));
    say(byId('second'), words().openAs(other));
    byId('second').setAttribute('href', linkFor(other));
  }

  /** renderRecent offers whom to ring; picking one leaves ringing to the Ring button. */
  private renderRecent(account: string): void {
    chips(byId('recent'), recent(account), (other) => words().choose(other), (other) => {
      const callee = byId<HTMLInputElement>('callee');
      callee.value = other;
      complain(callee, '');
      byId('ring').focus();
    });
  }

  private renderCall(call: Call): void {
    const busy = panelOf({ state: 'online' }, call) !== 'dial';
    const rings = call.state === 'asking' || call.state === 'ringing';
    byId('stage').hidden = byId('detail').hidden = !busy;
    byId('stage').classList.toggle('ringing', rings);
    byId('main').classList.toggle('wide', call.state === 'connected' && call.kind === VIDEO);
    clearInterval(this.ticking);
    if (!busy || call.state === 'idle') return;
    paint(byId('peer-avatar'), call.peer);
    say(byId('kind'), kindOf(call.kind));
    const tick = (): void => say(byId('timer'), time(call, Date.now()));
    tick();
    this.ticking = setInterval(tick, 250);
  }

  private show(panel: Panel): void {
    for (const id of Object.keys(panels)) byId(id).hidden = id !== panel;
    if (panel === this.panel) return;
    this.panel = panel;
    const account = byId('my-name').textContent;
    if (panel === 'dial' && account) this.renderRecent(account);
    this.focus(panel);
  }

  /** focus follows the person to the panel that took the place of theirs, and leaves other places alone. */
  private focus(panel: Panel): void {
    const now = document.activeElement;
    if (now && now !== document.body && now.getClientRects().length > 0) return;
    // Focusing a text field would bring up the keyboard of a phone.
    const touch = matchMedia('(pointer: coarse)').matches;
    byId(panel === 'dial' && touch ? 'ring' : panels[panel]).focus();
  }
}

function panelOf(link: Link, call: Call): Panel {
  if (link.state === 'signed-out') return 'sign-in';
  // An incoming call has its own sheet, above whatever is here.
  if (call.state === 'idle' || call.state === 'incoming' || call.state === 'answering') return 'dial';
  return call.state === 'connected' ? 'talking' : 'calling';
}

/** shown names the call's state for the page: the two short ones look like their neighbours. */
function shown(call: Call): string {
  if (call.state === 'asking' || call.state === 'lapsing') return 'ringing';
  return call.state === 'answering' ? 'incoming' : call.state;
}

/** time is what the timer shows: how long it still rings, or how long the call lasts. */
function time(call: Call, now: number): string {
  if (call.state === 'connected') return clock(now - call.since);
  if (call.state === 'ringing') return words().left(clock(call.until - now));
  return call.state === 'asking' ? words().left(clock(RINGS_FOR)) : clock(0);
}
